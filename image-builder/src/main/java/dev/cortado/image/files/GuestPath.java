package dev.cortado.image.files;

import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Places in a guest where directories can be. The guest's own limits are those of its mounts. */
final class GuestPath {
    private static final int MOST_CHARACTERS = 1024;

    /** NAME_MAX (Linux, linux/limits.h). */
    static final int MOST_NAME_BYTES = 255;

    /** What is below the guest's {@code java.home}, which may be a directory of the image. */
    private static final String JAVA_HOME = "/java/";

    /** What the guest has of its own: devices, and what programs with a network look for. */
    private static final List<String> TAKEN = List.of("/dev", "/etc/hosts", "/etc/resolv.conf");

    private GuestPath() {}

    /**
     * A path without needless slashes.
     *
     * @param option what was written, for errors
     * @throws UserError if it is none from the root on, has dots, is too long or the root itself
     */
    static String require(String option, String path) {
        if (!path.startsWith("/")) {
            throw refused(option, path, "does not begin with a slash");
        }
        if (path.length() > MOST_CHARACTERS) {
            throw refused(option, path, "has more than " + MOST_CHARACTERS + " characters");
        }
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw refused(option, path, "has dots");
            }
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw refused(option, path, "has control characters");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
                throw refused(
                        option, path, "has a name of more than " + MOST_NAME_BYTES + " bytes");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw refused(option, path, "is the root, which is in memory: name a place below it");
        }
        String whole = "/" + String.join("/", names);
        if (whole.startsWith(JAVA_HOME)) {
            throw refused(option, path, "is inside java.home, which cannot be changed");
        }
        for (String taken : TAKEN) {
            if (whole.equals(taken) || whole.startsWith(taken + "/")) {
                throw refused(option, path, "is the guest's own " + taken);
            }
        }
        return whole;
    }

    private static UserError refused(String option, String path, String why) {
        return new UserError("--files %s: the guest's path \"%s\" %s".formatted(option, path, why));
    }
}
