package dev.cortado.image.image;

import dev.cortado.boot.disk.DiskImage;
import dev.cortado.boot.layout.Target;
import java.nio.file.Path;

/** Writes guest images in one format. Equal images give equal bytes. */
public interface ImageWriter {

    /**
     * Writes {@code image} to {@code file}, which is there whole afterwards, or as it was before.
     *
     * @throws dev.cortado.image.UserError if the file cannot be written
     */
    void write(GuestImage image, Path file);

    /** The writer of what a target's machines start from, not signed. */
    static ImageWriter of(Target target) {
        return of(target, DiskImage.Signer.NONE);
    }

    /**
     * The writer of what a target's machines start from.
     *
     * @param signer signs what UEFI starts
     */
    static ImageWriter of(Target target, DiskImage.Signer signer) {
        return switch (target) {
            case QEMU, XEN_PVH, XEN_PV -> new ElfImageWriter();
            case XEN_HVM, BARE, VMWARE, HYPERV -> new DiskImageWriter(signer);
            case BZIMAGE -> new LinuxImageWriter();
        };
    }
}
