package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;

/**
 * Where the groups' inode tables begin, which stays as it is: each look at an inode asks for it. A
 * group's descriptor is read, and checked, the first time. With the file system's lock.
 */
final class InodeTables {
    /** As many groups' places are kept together: a file system may have more than are ever used. */
    private static final int PART_GROUPS = 1024;

    private final DescriptorTable descriptors;

    /** 0 for a group that nobody has asked for. */
    private final long[][] places;

    InodeTables(DescriptorTable descriptors, int groups) {
        this.descriptors = descriptors;
        places = new long[Math.ceilDiv(groups, PART_GROUPS)][];
    }

    /**
     * @throws FileException EIO; EUCLEAN if the descriptor's checksum is wrong
     */
    long place(int group) throws FileException {
        int part = group / PART_GROUPS;
        long[] known = places[part];
        long place = known == null ? 0 : known[group % PART_GROUPS];
        if (place == 0) {
            place = descriptors.read(group).inodeTable();
            if (known == null) {
                known = new long[PART_GROUPS];
                places[part] = known;
            }
            known[group % PART_GROUPS] = place;
        }
        return place;
    }
}
