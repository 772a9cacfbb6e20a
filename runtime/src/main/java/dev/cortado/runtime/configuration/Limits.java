package dev.cortado.runtime.configuration;

/** How much one source may say: more than anybody needs, and less than a small guest has. */
public final class Limits {
    /** Of a document as it is read, and of what it becomes when it is decompressed. */
    public static final int DOCUMENT_BYTES = 1 << 20;

    /** Of all files together, decoded. */
    public static final int FILE_BYTES = 8 << 20;

    public static final int FILES = 1024;

    /** As Linux has it (PATH_MAX), without the 0. */
    public static final int PATH_BYTES = 4095;

    /** Arguments, properties, variables, interfaces and mounts: of each. */
    public static final int ENTRIES = 1024;

    /** Of all texts together. */
    public static final int TEXT_CHARACTERS = 1 << 20;

    private Limits() {}
}
