package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be mounted where.
 *
 * @param path of the directory, absolute, without dots and needless slashes, and not the root
 * @param device null if the file system has none
 * @param type of the file system, as ext4
 * @param source who says so, for messages: "the command line"
 */
public record MountSpec(
        String path, DeviceName device, String type, MountOptions options, String source) {
    /** What stands where a device would for a file system that has none. */
    private static final List<String> NO_DEVICE = List.of("", "none", "tmpfs");

    private static final int MOST_PATH_CHARACTERS = 1024;

    /**
     * Understands {@code /data=vdb:ext4,noatime,ro,format-if-blank,grow,optional}: a path, the
     * device, what is on it, and options.
     *
     * @throws MountException if it is something else; the message quotes it
     */
    public static MountSpec parse(String text, String source) throws MountException {
        try {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new MountException(
                        "it has no equals sign between path and device: write for example"
                                + " /data=vdb:ext4");
            }
            String rest = text.substring(equals + 1);
            int comma = endOfType(rest);
            int colon = rest.lastIndexOf(':', comma - 1);
            if (colon < 0) {
                throw new MountException(
                        "it does not say what is on the device: write for example"
                                + " /data=vdb:ext4");
            }
            return of(
                    text.substring(0, equals),
                    rest.substring(0, colon),
                    rest.substring(colon + 1, comma),
                    rest.substring(Math.min(comma + 1, rest.length())),
                    source);
        } catch (MountException e) {
            throw new MountException("\"" + text + "\": " + e.getMessage(), e);
        }
    }

    /** Where the options' comma is, or the end. */
    private static int endOfType(String rest) {
        int comma = rest.indexOf(',');
        return comma < 0 ? rest.length() : comma;
    }

    /** Of its parts, as people write them. */
    static MountSpec of(String path, String device, String type, String options, String source)
            throws MountException {
        if (!type.matches("[a-z0-9]+")) {
            throw new MountException("\"" + type + "\" is no type of a file system such as ext4");
        }
        return new MountSpec(
                normal(path),
                NO_DEVICE.contains(device) ? null : deviceName(device, type),
                type,
                MountOptions.parse(options),
                source);
    }

    private static DeviceName deviceName(String device, String type) throws MountException {
        return FolderKind.isFolder(type) ? DeviceName.ofTag(device) : DeviceName.parse(device);
    }

    /** Whether the device is the tag of a folder that the host shares. */
    public boolean isShare() {
        return FolderKind.isFolder(type);
    }

    private static String normal(String path) throws MountException {
        if (!path.startsWith("/") || path.length() > MOST_PATH_CHARACTERS) {
            throw new MountException("\"" + path + "\" is no path from the root on");
        }
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new MountException("\"" + path + "\" is no path to mount on: it has dots");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > FileName.MAXIMUM_BYTES) {
                throw new MountException(
                        "\"%s\" has a name of more than %d bytes"
                                .formatted(path, FileName.MAXIMUM_BYTES));
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw new MountException("the root is the image's own, and cannot be covered");
        }
        return "/" + String.join("/", names);
    }

    /** How many names the path has. */
    int depth() {
        return (int) path.chars().filter(character -> character == '/').count();
    }
}
