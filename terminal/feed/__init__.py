"""Files that the shop's POS drops into a folder, taken in while cashiers work.

Three parts. A process of its own reads a file (`reading`), so that no stranger's file can hold up,
swell or bring down the till: it may take its time, and leaves sound sales in a file of ours. The
loop's thread, which alone writes to the database, puts those in between the cashier's steps
(`feed`), a few milliseconds at a time. The folder itself is `inbox`.

Why a process and batches, and not one transaction: a transaction held open over the cashier's steps
would keep them from committing, and one made at once would hold the screen for seconds. So the
whole file is found sound first, against what is on file too; only then the first batch goes in. A
power cut between two batches is resumed from the file itself, which leaves the folder last: what is
on file already changes nothing.
"""
