"""Campaigns: a folder of plain text becomes a typed campaign and goes back to the same bytes.

`model` is what a campaign is, `folder` loads and dumps it, `check` verbs find every mistake, `translations` and `texts`
speak of its languages. Sits above facts, people and organisations; knows nothing of supporters, mail or pages.
"""
