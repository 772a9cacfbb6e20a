package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mounts that an image is built with: system properties for the guest's features, while the
 * compiler runs.
 */
public final class BuiltMounts {
    private static final String DISKS = "cortado.disks";
    private static final String ANY = "cortado.disks.any";
    private static final String MOUNT = "cortado.mount.";

    private static final String NONE = "none";

    private BuiltMounts() {}

    /**
     * Adds to a build's properties what says which mounts there are.
     *
     * @param withDisks whether the image can mount whatever its command line says: without, it is
     *     ext4, and what the mounts are of
     * @throws UserError if a mount is none
     */
    public static Map<String, String> addTo(
            Map<String, String> defines, List<String> mounts, boolean withDisks) {
        if (mounts.isEmpty() && !withDisks) {
            return defines;
        }
        Map<String, String> more = new TreeMap<>(defines);
        more.put(DISKS, "true");
        if (withDisks) {
            more.put(ANY, "true");
        }
        for (int i = 0; i < mounts.size(); i++) {
            require(mounts.get(i));
            more.put(MOUNT + i, mounts.get(i));
        }
        return more;
    }

    /** Whether an image was built so. */
    public static boolean areIn(ImageFile image) {
        return image.manifest().options().contains("--define=" + DISKS + "=true");
    }

    /**
     * Looks whether a mount has the parts of one; the guest knows the rest.
     *
     * @throws UserError if it has not
     */
    static void require(String mount) {
        boolean isOne = mount.matches("/[^=]*=[^,]*:[a-z0-9]+(,.*)?");
        if (!isOne && !mount.equals(NONE)) {
            throw new UserError(
                    "--mount %s: write a path, a device and what is on it, such as /data=vdb:ext4"
                            .formatted(mount));
        }
    }
}
