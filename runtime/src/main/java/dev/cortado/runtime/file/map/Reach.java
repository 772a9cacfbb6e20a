package dev.cortado.runtime.file.map;

/** What a thread may do at a page without asking first. Each includes those before it. */
public enum Reach {
    /** There is no frame. */
    NONE,

    READ,

    WRITE
}
