package dev.cortado.runtime.file.mount;

import java.util.ArrayList;
import java.util.List;

/**
 * How something is to be mounted.
 *
 * @param readWrite somebody says that it is to be written, which else is so if that can be
 * @param formatIfBlank makes a file system if there is nothing on the device at all
 * @param grow gives the file system all of its device
 * @param optional goes on without it if it cannot be mounted
 * @param others what only the file system knows, in their order: a word, or one with a value, as
 *     {@code errors=remount-ro}
 */
public record MountOptions(
        boolean readOnly,
        boolean readWrite,
        boolean formatIfBlank,
        boolean grow,
        boolean optional,
        List<String> others) {
    private static final int MOST_OPTIONS = 64;

    public MountOptions {
        others = List.copyOf(others);
    }

    /**
     * Understands options with commas between them: those above, some that say what is so anyway,
     * and others of one word, or of a word, an equals sign and a value.
     *
     * @throws MountException if something cannot be an option
     */
    static MountOptions parse(String text) throws MountException {
        boolean readOnly = false;
        boolean readWrite = false;
        boolean formatIfBlank = false;
        boolean grow = false;
        boolean optional = false;
        List<String> others = new ArrayList<>();
        for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            switch (option) {
                case "ro", "rw" -> {
                    readOnly = option.equals("ro");
                    readWrite = !readOnly;
                }
                case "format-if-blank" -> formatIfBlank = true;
                case "grow" -> grow = true;
                case "optional" -> optional = true;
                case "defaults" -> {}
                default -> addOther(others, option);
            }
        }
        if (readOnly && (formatIfBlank || grow)) {
            throw new MountException(
                    "ro and "
                            + (formatIfBlank ? "format-if-blank" : "grow")
                            + " contradict each other");
        }
        return new MountOptions(readOnly, readWrite, formatIfBlank, grow, optional, others);
    }

    private static void addOther(List<String> others, String option) throws MountException {
        int equals = option.indexOf('=');
        String word = equals < 0 ? option : option.substring(0, equals);
        if (!word.matches("[a-z][a-z0-9_-]*")) {
            throw new MountException("\"" + option + "\" is no option");
        }
        if (others.size() == MOST_OPTIONS) {
            throw new MountException("there are more than " + MOST_OPTIONS + " options");
        }
        others.add(option);
    }
}
