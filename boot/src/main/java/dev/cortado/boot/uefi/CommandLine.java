package dev.cortado.boot.uefi;

/** Where a loader finds its kernel's command line. */
interface CommandLine {
    /** Appends what {@link #read} refers to. */
    void append(UefiCode uefi);

    /** Code that tells the kernel of it, and goes on whether or not there is one. */
    void read(UefiCode uefi);
}
