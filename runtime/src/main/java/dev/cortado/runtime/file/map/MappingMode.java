package dev.cortado.runtime.file.map;

/** What a program may do with a mapping, and who sees it. */
public enum MappingMode {
    READ_ONLY,

    /** What is written becomes part of the file. */
    READ_WRITE,

    /** What is written is seen in this mapping only: its page then has a frame of its own. */
    PRIVATE
}
