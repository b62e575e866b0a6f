"""From the claims about one event to findings: named rules, each with the claims that it used.

`account` sums up what one report tells; `findings` reconciles what several reports tell of one event.
"""

from according.reconcile.account import counts, plain_type, status_of, summarise, total

__all__ = ["counts", "plain_type", "status_of", "summarise", "total"]
