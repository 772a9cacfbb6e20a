package com.oracle.svm.hosted.image.sources;

import java.nio.file.Path;

/**
 * Stands in for the builder's class of the same name, which looks for the sources of all classes,
 * copies what it finds, and warns if the JDK has none. Debug information names files by their paths
 * in their source trees either way, and whoever debugs knows where the trees are.
 */
public class SourceCache {
    /** Which file has the source of a class: the one that its name tells. */
    public Path resolve(Path file, @SuppressWarnings("unused") Class<?> type) {
        return file;
    }
}
