"""What visitors see, decided before it is drawn: plain views made from what storage gives."""
