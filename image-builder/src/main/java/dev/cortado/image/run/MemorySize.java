package dev.cortado.image.run;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes more than 0
 */
public record MemorySize(long bytes) {
    /** What a guest gets if nobody says otherwise. */
    public static final MemorySize DEFAULT = new MemorySize(128L << 20);

    private static final int LEAST_MEBIBYTES = 16;
    private static final int ROOM_MEBIBYTES = 4;

    /** As seen: 22 MiB three times and 70 are enough, and 66 are not. */
    private static final int UEFI_MEBIBYTES = 72;

    private static final int MEBI = 20;
    private static final Map<String, Integer> UNITS =
            Map.of("", MEBI, "k", 10, "m", MEBI, "g", 30, "t", 40);
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,12}) ?([kmgt]?)(?:i?b)?");

    /**
     * Understands "32" and "32M" (both are 32 MiB), "65536K", "1G", and so on.
     *
     * @throws UserError if it is not an amount of memory
     */
    public static MemorySize parse(String text) {
        Matcher match = FORMAT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (match.matches()) {
            long number = Long.parseLong(match.group(1));
            int shift = UNITS.get(match.group(2));
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return new MemorySize(number << shift);
            }
        }
        throw new UserError(
                "\"%s\" is not an amount of memory: write for example 64M or 1G".formatted(text));
    }

    /**
     * @throws UserError if an image needs more
     */
    void requireFor(ImageFile image) {
        long least =
                Math.max(
                        LEAST_MEBIBYTES,
                        new MemorySize(image.end() + 1).mebibytes() + ROOM_MEBIBYTES);
        if (mebibytes() < least) {
            throw new UserError(
                    "--memory %s is too little for %s: give it %dM or more"
                            .formatted(this, image.file(), least));
        }
    }

    /**
     * @throws UserError if OVMF cannot load a kernel that QEMU hands it: while it does, it has the
     *     file three times, beside what it takes itself
     */
    void requireForUefi(ImageFile kernel) {
        long least = UEFI_MEBIBYTES + 3 * new MemorySize(kernel.size()).mebibytes();
        if (mebibytes() < least) {
            throw new UserError(
                    "--memory %s is too little for UEFI to load %s: give it %dM or more"
                            .formatted(this, kernel.file(), least));
        }
    }

    /** In whole mebibytes, rounded up. */
    long mebibytes() {
        return (bytes + (1L << MEBI) - 1) >> MEBI;
    }

    @Override
    public String toString() {
        return mebibytes() + "M";
    }
}
