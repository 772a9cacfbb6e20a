package dev.cortado.drivers.virtio.transport;

import dev.cortado.boot.layout.KernelWords;

/**
 * Where a device has its registers in memory, as ACPI's tables say it, or the command line: {@code
 * virtio_mmio.device=<size>@<base>:<interrupt>[:<id>]} (Linux's kernel parameters, which microvm
 * and Firecracker write for their guests).
 *
 * @param base physical address of the registers
 * @param bytes of them
 * @param interrupt the global system interrupt
 * @param id that the host gives it, -1 for none
 * @param isLevel whether the interrupt is level triggered, and not edge triggered
 * @param isLow whether it is active low, and not high
 */
public record MmioPlace(
        long base, long bytes, int interrupt, int id, boolean isLevel, boolean isLow) {
    /** How the word begins. */
    public static final String KEY = KernelWords.DEVICE;

    private static final long LEAST_BYTES = 0x100;
    private static final long MOST_BYTES = 1L << 30;
    private static final long ADDRESS_LIMIT = 1L << 52;
    private static final int INTERRUPTS = 1 << 16;

    /** Whether a word of the command line is for this class, and not for the program. */
    public static boolean isPlace(String word) {
        return word.startsWith(KEY);
    }

    /**
     * Reads a word that {@link #isPlace}.
     *
     * @throws IllegalArgumentException what it says cannot be
     */
    public static MmioPlace parse(String word) {
        String value = word.substring(KEY.length());
        int at = value.indexOf('@');
        int colon = value.indexOf(':', at + 1);
        if (at <= 0 || colon < 0) {
            throw error(word, "it has to be size@address:interrupt");
        }
        int second = value.indexOf(':', colon + 1);
        int end = second < 0 ? value.length() : second;
        long bytes = number(word, value.substring(0, at), true);
        long base = number(word, value.substring(at + 1, colon), false);
        long interrupt = number(word, value.substring(colon + 1, end), false);
        long id = second < 0 ? -1 : number(word, value.substring(second + 1), false);
        if (id > Integer.MAX_VALUE) {
            throw error(word, "there is no device " + id);
        }
        try {
            return of(base, bytes, interrupt, (int) id);
        } catch (IllegalArgumentException e) {
            throw error(word, e.getMessage());
        }
    }

    /**
     * A place, as others say it. Its interrupt is level triggered, since a device has to be told
     * that it was seen (VIRTIO 1.2, 4.2.2, InterruptACK), and active high; where the host raises an
     * edge, that comes as well.
     *
     * @param id -1 for none
     * @throws IllegalArgumentException it cannot be
     */
    public static MmioPlace of(long base, long bytes, long interrupt, int id) {
        if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes cannot be a device's registers");
        }
        if (base <= 0 || (base & 3) != 0 || base > ADDRESS_LIMIT - bytes) {
            throw new IllegalArgumentException(
                    "no registers can be at 0x" + Long.toHexString(base));
        }
        if (interrupt < 0 || interrupt >= INTERRUPTS) {
            throw new IllegalArgumentException("there is no interrupt " + interrupt);
        }
        return new MmioPlace(base, bytes, (int) interrupt, id, true, false);
    }

    /** The same with another kind of interrupt. */
    public MmioPlace withTrigger(boolean level, boolean low) {
        return new MmioPlace(base, bytes, interrupt, id, level, low);
    }

    /** Decimal, or hexadecimal with 0x; K, M and G behind it multiply a size. */
    private static long number(String word, String text, boolean isSize) {
        String digits = text;
        int shift = 0;
        if (isSize && !text.isEmpty()) {
            shift =
                    switch (Character.toUpperCase(text.charAt(text.length() - 1))) {
                        case 'K' -> 10;
                        case 'M' -> 20;
                        case 'G' -> 30;
                        default -> 0;
                    };
            digits = shift == 0 ? text : text.substring(0, text.length() - 1);
        }
        boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
        digits = hexadecimal ? digits.substring(2) : digits;
        // Neither signs nor more digits than a long holds, even shifted.
        if (digits.isEmpty()
                || digits.length() > (hexadecimal ? 15 : 18)
                || Character.digit(digits.charAt(0), 16) < 0) {
            throw error(word, "\"" + text + "\" is no number");
        }
        try {
            long number = Long.parseLong(digits, hexadecimal ? 16 : 10);
            if (number > Long.MAX_VALUE >> shift) {
                throw error(word, "\"" + text + "\" is too large");
            }
            return number << shift;
        } catch (NumberFormatException e) {
            throw error(word, "\"" + text + "\" is no number");
        }
    }

    private static IllegalArgumentException error(String word, String why) {
        return new IllegalArgumentException("command line: " + word + ": " + why);
    }

    /** For messages. */
    @Override
    public String toString() {
        return "mmio 0x" + Long.toHexString(base);
    }
}
