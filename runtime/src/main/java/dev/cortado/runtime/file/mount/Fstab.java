package dev.cortado.runtime.file.mount;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads fstab(5). */
public final class Fstab {
    private static final int DEVICE = 0;
    private static final int PATH = 1;
    private static final int TYPE = 2;
    private static final int OPTIONS = 3;

    private static final String DEVICES = "/dev/";

    private Fstab() {}

    /**
     * What a table wants to be mounted.
     *
     * @param source of the table, for messages
     * @param problems is told of each line that is left out, with its number
     */
    public static List<MountSpec> parse(String table, String source, Consumer<String> problems) {
        List<MountSpec> specs = new ArrayList<>();
        int number = 0;
        for (String line : table.split("\n")) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                MountSpec spec = parseLine(text, source);
                if (spec != null) {
                    specs.add(spec);
                }
            } catch (MountException e) {
                problems.accept(source + ", line " + number + ": " + e.getMessage() + "; left out");
            }
        }
        return specs;
    }

    /**
     * What one line of a table wants to be mounted.
     *
     * @param line with fields in it, and no comment
     * @return null for what is mounted only when somebody says so
     * @throws MountException it cannot be
     */
    public static MountSpec parseLine(String line, String source) throws MountException {
        String[] fields = line.split("\\s+");
        if (fields.length <= TYPE) {
            throw new MountException("there are no device, path and type");
        }
        String device = unescape(fields[DEVICE]);
        String options = fields.length > OPTIONS ? fields[OPTIONS] : "defaults";
        List<String> known = new ArrayList<>();
        for (String option : options.split(",")) {
            switch (option) {
                case "noauto" -> {
                    return null;
                }
                case "auto" -> {}
                case "nofail" -> known.add("optional");
                case "x-systemd.makefs" -> known.add("format-if-blank");
                case "x-systemd.growfs" -> known.add("grow");
                default -> {
                    if (!option.startsWith("x-")) {
                        known.add(option);
                    }
                }
            }
        }
        return MountSpec.of(
                unescape(fields[PATH]),
                device.startsWith(DEVICES) ? device.substring(DEVICES.length()) : device,
                fields[TYPE],
                String.join(",", known),
                source);
    }

    /** Spaces and others are a backslash and three octal digits. */
    private static String unescape(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            boolean isEscape =
                    field.charAt(i) == '\\'
                            && i + 4 <= field.length()
                            && field.substring(i + 1, i + 4).matches("[0-3][0-7]{2}");
            if (isEscape) {
                text.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }
}
