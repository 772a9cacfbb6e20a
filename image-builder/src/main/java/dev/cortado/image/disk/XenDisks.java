package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import java.util.ArrayList;
import java.util.List;

/** A guest's disks in xl's words (docs/man/xl-disk-configuration.5.pod). */
public final class XenDisks {
    private XenDisks() {}

    /**
     * Their specifications: xvda, xvdb and so on.
     *
     * @param first which letter is the first one's: 0 for a
     * @throws UserError if something is wanted that xl has no words for
     */
    public static List<String> specifications(DiskRequest request, int first) {
        List<String> specifications = new ArrayList<>();
        for (DiskFile disk : request.disks()) {
            if (disk.serialNumber().isPresent()) {
                throw new UserError(
                        "--disk %s: on Xen, a disk has no serial number; find it by its name, such as xvda"
                                .formatted(disk.file()));
            }
            int letter = 'a' + first + specifications.size();
            if (letter > 'z') {
                throw new UserError("--disk: there are more disks than letters");
            }
            specifications.add(
                    "format=%s, vdev=xvd%c, access=%s, target=%s"
                            .formatted(
                                    disk.format().word(),
                                    letter,
                                    disk.readOnly() ? "ro" : "rw",
                                    disk.file().toAbsolutePath()));
        }
        return specifications;
    }
}
