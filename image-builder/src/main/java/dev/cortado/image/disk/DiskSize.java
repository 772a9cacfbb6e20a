package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of disks, as people write them. */
public final class DiskSize {
    private static final Map<String, Integer> UNITS = Map.of("k", 10, "m", 20, "g", 30, "t", 40);

    /** A unit has to be there: a number alone may be meant in any. */
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,12})([kmgt])(?:i?b)?");

    private DiskSize() {}

    /**
     * Understands 512M, 10G, 10GiB and so on, which are all powers of 1024.
     *
     * @return bytes, more than 0; empty if it is no size
     */
    static Optional<Long> find(String text) {
        Matcher match = FORMAT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(match.group(1));
        int shift = UNITS.get(match.group(2));
        boolean fits = number > 0 && number <= Long.MAX_VALUE >> shift;
        return fits ? Optional.of(number << shift) : Optional.empty();
    }

    /**
     * As {@link #find}.
     *
     * @throws UserError if it is no size
     */
    public static long parse(String text) {
        return find(text)
                .orElseThrow(() ->
                        new UserError(
                                "\"%s\" is no size of a disk: write for example 512M or 10G"
                                        .formatted(text)));
    }
}
