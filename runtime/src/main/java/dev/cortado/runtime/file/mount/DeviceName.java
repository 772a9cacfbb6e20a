package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.storage.partition.Guid;
import java.util.Locale;

/**
 * By what a disk, a partition or a shared folder is to be found.
 *
 * @param value not empty; of UUIDs in lower case
 */
public record DeviceName(By by, String value) {
    /** Whose name it is. */
    public enum By {
        /** The device's, as Linux gives it: vdb, vdb1. */
        NAME(""),
        /** The disk's serial number. */
        SERIAL("serial="),
        /** The file system's. */
        LABEL("label="),
        UUID("uuid="),
        /** The partition's. */
        PARTITION_LABEL("partlabel="),
        PARTITION_UUID("partuuid=");

        private final String word;

        By(String word) {
            this.word = word;
        }
    }

    /** Longer than any name, label or number that there is. */
    private static final int MOST_CHARACTERS = 255;

    /**
     * Understands {@code vdb}, {@code label=data} and so on; the words before the equals sign may
     * be in capitals, as fstab(5) has them.
     *
     * @throws MountException if it cannot be one
     */
    public static DeviceName parse(String text) throws MountException {
        By by = By.NAME;
        for (By each : By.values()) {
            String word = each.word;
            if (text.regionMatches(true, 0, word, 0, word.length())) {
                by = each;
            }
        }
        String value = text.substring(by.word.length());
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new MountException(
                    "\"" + text + "\" names no device: write for example vdb or label=data");
        }
        if (by == By.NAME && !value.matches("[a-z][a-z0-9]*")) {
            throw new MountException(
                    "\""
                            + text
                            + "\" is no device: write a name such as vdb or vdb1, or serial=,"
                            + " label=, uuid=, partlabel= or partuuid= and a value");
        }
        if (by == By.UUID) {
            if (Guid.parse(value).isEmpty()) {
                throw new MountException("\"" + text + "\" is no UUID");
            }
        }
        boolean isNumber = by == By.UUID || by == By.PARTITION_UUID;
        return new DeviceName(by, isNumber ? value.toLowerCase(Locale.ROOT) : value);
    }

    /**
     * The tag of a folder that a host shares, which is any word.
     *
     * @throws MountException if it cannot be one
     */
    static DeviceName ofTag(String tag) throws MountException {
        if (tag.length() > MOST_CHARACTERS || tag.chars().anyMatch(each -> each <= ' ')) {
            throw new MountException("\"" + tag + "\" is no tag of a shared folder");
        }
        return new DeviceName(By.NAME, tag);
    }

    @Override
    public String toString() {
        return by.word + value;
    }
}
