package dev.cortado.drivers.network;

/** Packets of TCP that are larger than the link allows, and are cut by whoever sends them on. */
public enum Segmentation {
    NONE,

    /** TCP over IPv4. */
    TCP4,

    /** TCP over IPv6. */
    TCP6
}
