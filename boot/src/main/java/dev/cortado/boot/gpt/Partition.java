package dev.cortado.boot.gpt;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An entry of the partition table.
 *
 * @param type what it is for: one of this record's constants
 * @param id its own
 * @param firstSector of the disk
 * @param sectors how many, at least 1
 * @param name up to 36 characters, for people
 */
public record Partition(UUID type, UUID id, long firstSector, long sectors, String name) {
    /** What firmware boots from (UEFI 2.10, table 5.7). */
    public static final UUID EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    /** Room for a boot loader that a BIOS starts (GRUB's manual, "BIOS installation"). */
    public static final UUID BIOS_BOOT = UUID.fromString("21686148-6449-6e6f-744e-656564454649");

    private static final int NAME_SIZE = 72;

    public Partition {
        if (firstSector < PartitionTable.FIRST_USABLE_SECTOR || sectors < 1) {
            throw new IllegalArgumentException(
                    name + ": " + sectors + " sectors from " + firstSector);
        }
        if (name.getBytes(StandardCharsets.UTF_16LE).length > NAME_SIZE) {
            throw new IllegalArgumentException("the name of a partition is too long: " + name);
        }
    }

    long lastSector() {
        return firstSector + sectors - 1;
    }
}
