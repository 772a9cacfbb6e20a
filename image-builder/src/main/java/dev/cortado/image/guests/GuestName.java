package dev.cortado.image.guests;

import dev.cortado.image.UserError;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a guest in the background, which is also that of its directory.
 *
 * @param text letters, digits, dots, dashes and underscores; it begins with a letter or a digit
 */
public record GuestName(String text) implements Comparable<GuestName> {
    private static final int LONGEST = 40;

    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Of a chosen name: the rest is for a number behind it. */
    private static final int LONGEST_STEM = LONGEST - 5;

    /**
     * The name that a user has written.
     *
     * @throws UserError if it cannot be one
     */
    public static GuestName parse(String word) {
        if (!isName(word)) {
            throw new UserError(
                    "\"%s\" cannot be the name of a guest: take up to %d letters, digits, dots, dashes and underscores, a letter or digit first"
                            .formatted(word, LONGEST));
        }
        return new GuestName(word);
    }

    static boolean isName(String word) {
        return word.length() <= LONGEST && FORMAT.matcher(word).matches();
    }

    /**
     * A name for a guest of an image.
     *
     * @param number 1 for the first of its kind
     */
    static GuestName of(Path image, int number) {
        String file = String.valueOf(image.getFileName()).replaceFirst("\\.(elf|img)$", "");
        String stem = file.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
        stem = stem.substring(0, Math.min(stem.length(), LONGEST_STEM));
        stem = stem.isEmpty() ? "guest" : stem;
        return new GuestName(number == 1 ? stem : stem + "-" + number);
    }

    @Override
    public int compareTo(GuestName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
