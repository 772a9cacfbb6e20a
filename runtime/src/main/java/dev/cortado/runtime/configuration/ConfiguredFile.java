package dev.cortado.runtime.configuration;

import dev.cortado.runtime.file.FileName;
import java.nio.charset.StandardCharsets;

/**
 * A file to be written before the program starts.
 *
 * @param path absolute, without dots, needless slashes and a slash at the end
 * @param content not to be changed
 * @param permissions 0 to 07777 (octal)
 * @param isAppended to what is there, not in its place
 */
public record ConfiguredFile(String path, byte[] content, int permissions, boolean isAppended) {
    /** What files get if nobody says it: all may read (as cloud-init has it). */
    public static final int USUAL_PERMISSIONS = 0644;

    private static final int ALL_PERMISSIONS = 07777;

    /**
     * @throws ConfigurationException the path or the permissions are none
     */
    public static ConfiguredFile of(
            String path, byte[] content, int permissions, boolean isAppended)
            throws ConfigurationException {
        if (permissions < 0 || permissions > ALL_PERMISSIONS) {
            throw new ConfigurationException("permissions are 0 to 7777, in octal");
        }
        return new ConfiguredFile(normal(path), content, permissions, isAppended);
    }

    private static String normal(String path) throws ConfigurationException {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new ConfigurationException('"' + path + "\" is no file's path from the root on");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > Limits.PATH_BYTES) {
            throw new ConfigurationException("a path of more than " + Limits.PATH_BYTES + " bytes");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationException('"' + path + "\" has a control character in it");
        }
        StringBuilder normal = new StringBuilder();
        for (String name : path.split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw new ConfigurationException('"' + path + "\" has dots for a name");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > FileName.MAXIMUM_BYTES) {
                throw new ConfigurationException(
                        '"'
                                + path
                                + "\" has a name of more than "
                                + FileName.MAXIMUM_BYTES
                                + " bytes");
            }
            if (!name.isEmpty()) {
                normal.append('/').append(name);
            }
        }
        return normal.toString();
    }
}
