"""What users hand in: times, lengths, texts, and answers to questions."""
