"""What an installer or a shop does at a shell: each command a module with `serve(args) -> int`.

Exit codes: 0 all is well; 1 done, but something needs a look (a refused sale, a failed check, an
unknown person); 2 not begun: wrong arguments, settings, files or store. Nothing was changed then.
"""

OK, LOOK, NOT_BEGUN = 0, 1, 2
