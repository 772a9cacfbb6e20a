package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/** What is known of a window's inodes. Groups without any that are used need no memory. */
final class InodeStates {
    private static final byte FREE = 0;

    /** Used, of a kind that there is not. */
    private static final byte OF_NO_KIND = 1;

    private static final byte FIRST_KIND = 2;

    private final Window window;
    private final Geometry geometry;
    private final byte[][] states;
    private final int[][] names;
    private final int[][] directories;

    InodeStates(Window window) {
        this.window = window;
        geometry = window.geometry();
        int groups = window.end() - window.first();
        states = new byte[groups][];
        names = new int[groups][];
        directories = new int[groups][];
    }

    /**
     * @param kind null for one that there is not
     */
    void setUsed(long inode, FileKind kind) {
        int group = group(inode);
        if (states[group] == null) {
            int count = (int) geometry.inodesPerGroup();
            states[group] = new byte[count];
            names[group] = new int[count];
            directories[group] = new int[count];
        }
        byte state = kind == null ? OF_NO_KIND : (byte) (FIRST_KIND + kind.ordinal());
        states[group][place(inode)] = state;
    }

    boolean isUsed(long inode) {
        byte[] group = states[group(inode)];
        return group != null && group[place(inode)] != FREE;
    }

    /** Null if there is no such kind. */
    FileKind kind(long inode) {
        byte state = states[group(inode)][place(inode)];
        return state == OF_NO_KIND ? null : FileKind.values()[state - FIRST_KIND];
    }

    /** An entry of a directory leads to a used inode. */
    void addName(long inode) {
        names[group(inode)][place(inode)]++;
    }

    int names(long inode) {
        return names[group(inode)][place(inode)];
    }

    /** A used inode, a directory, has an entry for another one. */
    void addDirectory(long inode) {
        directories[group(inode)][place(inode)]++;
    }

    int directories(long inode) {
        return directories[group(inode)][place(inode)];
    }

    private int group(long inode) {
        return geometry.groupOfInode(inode) - window.first();
    }

    private int place(long inode) {
        return (int) ((inode - 1) % geometry.inodesPerGroup());
    }
}
