package dev.cortado.boot.x86;

/** Segment registers in the order of their numbers (SDM vol. 2, table B-8). */
public enum SegmentRegister {
    ES,
    CS,
    SS,
    DS,
    FS,
    GS
}
