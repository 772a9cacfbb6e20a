package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageFile;
import java.util.List;
import java.util.Set;

/**
 * What somebody wants of a guest's disks.
 *
 * @param disks in the order in which the guest has them
 * @param mounts what it mounts, instead of what its image was built with
 */
public record DiskRequest(List<DiskFile> disks, List<String> mounts) {
    /** Nobody wants any. */
    public static final DiskRequest NONE = new DiskRequest(List.of(), List.of());

    /** As manifests name the drivers of disks. */
    private static final Set<String> DRIVERS = Set.of("virtio.block", "xen.block");

    public DiskRequest {
        disks = List.copyOf(disks);
        mounts = List.copyOf(mounts);
    }

    /**
     * As a user has written it.
     *
     * @throws UserError if a word is not what it should be
     */
    public static DiskRequest of(List<String> disks, List<String> mounts) {
        mounts.forEach(BuiltMounts::require);
        return new DiskRequest(disks.stream().map(DiskFile::parse).toList(), mounts);
    }

    /**
     * Makes what is missing, and checks the rest.
     *
     * @throws UserError if the image or the host cannot do what is wanted
     */
    public void prepare(ImageFile image) {
        if (!mounts.isEmpty() && !BuiltMounts.areIn(image)) {
            throw new UserError(
                    "--mount %s: the image %s mounts no disks; build it with --with-disks"
                            .formatted(mounts.getFirst(), image.file()));
        }
        boolean isDriven =
                image.manifest().drivers().stream().anyMatch(each -> DRIVERS.contains(each.name()));
        if (!disks.isEmpty() && !isDriven) {
            throw new UserError(
                    "--disk %s: the image %s has no driver for disks; build it with --with-disks"
                            .formatted(disks.getFirst().file(), image.file()));
        }
        disks.forEach(DiskFile::prepare);
    }
}
