package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommaListsTest {
    @Test
    void mountsBeginWithAPath() {
        assertEquals(
                List.of("/data=vda:ext4,format-if-blank,grow", "/logs=vdb:ext4"),
                CommaLists.mounts(
                        List.of("/data=vda:ext4", "format-if-blank", "grow", "/logs=vdb:ext4")));
        assertEquals(List.of("/data=vda:ext4,ro"), CommaLists.mounts(List.of("/data=vda:ext4,ro")));
        assertEquals(List.of(), CommaLists.mounts(null));
        assertEquals(List.of("wrong"), CommaLists.mounts(List.of("wrong")));
    }

    @Test
    void optionsGoWithTheDiskBefore() {
        assertEquals(
                List.of("a.img,readonly,serial=one", "b.img:10G"),
                CommaLists.disks(List.of("a.img", "readonly", "serial=one", "b.img:10G")));
        assertEquals(List.of("readonly"), CommaLists.disks(List.of("readonly")));
        assertEquals(List.of(), CommaLists.disks(null));
        assertEquals(
                List.of("src:/src,ro,virtiofs", "docs"),
                CommaLists.shares(List.of("src:/src", "ro", "virtiofs", "docs")));
    }
}
