"""Raw objects to entities: with Ocean's results, in a fraction of its time.

Ocean serializes a whole object to jq once for each property, in processes that it forks for each
batch. Here all expressions of a kind are one jq program, which runs once for each object, in one
process that stays.

`choice` decides between Ocean's processor and ours, `processor` is ours, `plan` takes a mapping
apart and puts objects together, of which `entities` makes Ocean's, `mapper` feeds the process that
`worker_process` starts. What runs in there is `worker`, with `program` and `joining`: they import
jq and the standard library alone, so that the process stays small.
"""
