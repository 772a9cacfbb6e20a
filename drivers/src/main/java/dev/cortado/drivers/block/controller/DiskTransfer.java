package dev.cortado.drivers.block.controller;

/**
 * A transfer as one request of a controller makes it.
 *
 * @param position on the disk, in bytes: a multiple of a block
 * @param address where the device finds the memory
 * @param length in bytes, of whole blocks: at most {@link DiskGeometry#mostBytes}
 */
public record DiskTransfer(boolean isWrite, long position, long address, int length) {}
