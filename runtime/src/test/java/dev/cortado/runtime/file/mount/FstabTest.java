package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FstabTest {
    private static final String TABLE =
            """
            # <file system> <mount point> <type> <options> <dump> <pass>
            UUID=0fc63daf-8483-4772-8e79-3d69d8477de4 /  ext4  errors=remount-ro  0 1

            /dev/vdb1\t/srv/my\\040data ext4 noatime,nofail,x-systemd.growfs 0 2
              LABEL=logs  /var/log  ext4  x-systemd.makefs,x-gvfs-show
            tmpfs /run tmpfs nosuid,size=64m
            /dev/vdc /backup ext4 noauto
            /dev/vdd none swap sw
            proc /proc
            """;

    private final List<String> problems = new ArrayList<>();

    @Test
    void linesAreMounts() throws Exception {
        List<MountSpec> specs = Fstab.parse(TABLE, "/etc/fstab", problems::add);
        assertEquals(
                List.of(
                        MountSpec.parse("/var/log=label=logs:ext4,format-if-blank", "/etc/fstab"),
                        MountSpec.parse("/run=:tmpfs,nosuid,size=64m", "/etc/fstab")),
                specs.subList(1, specs.size()));
        assertEquals("/srv/my data", specs.get(0).path());
        assertEquals("vdb1", specs.get(0).device().toString());
        assertTrue(specs.get(0).options().optional() && specs.get(0).options().grow());
    }

    @Test
    void whatIsLeftOutIsSaid() {
        Fstab.parse(TABLE, "/etc/fstab", problems::add);
        assertEquals(
                List.of(
                        "/etc/fstab, line 2: the root is the image's own, and cannot be covered;"
                                + " left out",
                        "/etc/fstab, line 8: \"none\" is no path from the root on; left out",
                        "/etc/fstab, line 9: there are no device, path and type; left out"),
                problems);
    }
}
