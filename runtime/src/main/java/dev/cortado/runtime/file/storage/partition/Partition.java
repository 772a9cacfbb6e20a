package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.storage.Storage;

/**
 * A partition.
 *
 * @param number from 1, as people count them: of an MBR, logical ones from 5
 * @param start where it begins, in bytes
 * @param bytes of it
 * @param type what it is for: two hexadecimal digits of an MBR, a GUID of GPT
 * @param uuid as Linux's PARTUUID: of GPT its GUID, of an MBR the disk's identifier and its number
 *     in hexadecimal digits, as {@code 0cf4b7e1-02}
 * @param label what people call it, of GPT; may be empty
 */
public record Partition(
        int number, long start, long bytes, String type, String uuid, String label) {
    /** Its bytes, under the name that Linux gives it: vda1, or nvme0n1p1 behind a digit. */
    public Storage of(Storage disk) {
        String name = disk.name();
        boolean endsWithDigit =
                !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
        return new StorageSlice(disk, name + (endsWithDigit ? "p" : "") + number, start, bytes);
    }

    private long end() {
        return start + bytes;
    }

    boolean overlaps(Partition other) {
        return start < other.end() && other.start < end();
    }
}
