package dev.cortado.runtime.file.fuse;

/**
 * One of the file systems that a folder consists of, whose files have numbers of their own. It is
 * known by where it is mounted, so that it is the same one in the next session.
 *
 * @param mark 0 for the folder's own, whose numbers stay as they are
 * @param outer the one that it is mounted in; null for the folder's own
 * @param root the inode that it begins with; 0 for the folder's own, which nothing is above
 */
record Space(long mark, Space outer, long root) {
    static final Space FOLDER = new Space(0, null, 0);

    /**
     * The one that begins at a name.
     *
     * @param directory inode that has the name
     * @param inode that it begins with
     */
    Space at(long directory, byte[] name, long inode) {
        long hash = 0;
        for (byte each : name) {
            hash = mixed(hash + each);
        }
        long place = mixed(mark + mixed(directory) + hash);
        return new Space(place == 0 ? 1 : place, this, inode);
    }

    /** The one that a directory's own directory is of. */
    Space above(long inode) {
        return outer != null && inode == root ? outer : this;
    }

    /** A number that no file of another one has, but for chance. */
    long number(long inode) {
        return mark == 0 ? inode : mixed(mark ^ mixed(inode));
    }

    /** SplitMix64's last step (Steele, Lea, Flood: Fast Splittable Pseudorandom Generators). */
    private static long mixed(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
