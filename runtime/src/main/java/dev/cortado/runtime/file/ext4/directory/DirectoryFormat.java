package dev.cortado.runtime.file.ext4.directory;

import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * What is the same for all directories of a file system.
 *
 * @param hasKinds whether entries say what kind of file they lead to
 * @param hasChecksums whether blocks have checksums
 * @param hasTrees whether directories of more than a block are hash trees
 * @param maximumLevels how many levels of a tree's nodes may be below the root
 * @param inodes how many there are
 * @param hashVersion of new trees
 */
record DirectoryFormat(
        int blockBytes,
        boolean hasKinds,
        boolean hasChecksums,
        boolean hasTrees,
        int maximumLevels,
        long inodes,
        int hashVersion,
        boolean isHashUnsigned,
        int[] hashSeed) {
    static DirectoryFormat of(Geometry geometry) {
        return new DirectoryFormat(
                geometry.blockBytes(),
                geometry.has(Feature.FILETYPE),
                geometry.has(Feature.METADATA_CSUM),
                geometry.has(Feature.DIR_INDEX),
                geometry.has(Feature.LARGE_DIR) ? 2 : 1,
                geometry.inodes(),
                geometry.hashVersion(),
                geometry.isHashUnsigned(),
                geometry.hashSeed());
    }

    NameHash hash(int version) {
        return new NameHash(version, isHashUnsigned, hashSeed);
    }
}
