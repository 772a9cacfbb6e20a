package dev.cortado.runtime.file.mount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.mount.DeviceName.By;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountSpecTest {
    private static MountSpec parse(String text) throws MountException {
        return MountSpec.parse(text, "the test");
    }

    @Test
    void aMountSaysWhatWhereAndHow() throws Exception {
        assertEquals(
                new MountSpec(
                        "/data",
                        new DeviceName(By.NAME, "vdb"),
                        "ext4",
                        new MountOptions(
                                false,
                                false,
                                true,
                                true,
                                true,
                                List.of("noatime", "errors=remount-ro")),
                        "the test"),
                parse("/data=vdb:ext4,noatime,format-if-blank,grow,optional,errors=remount-ro"));
        assertTrue(parse("/a=vda1:ext4,rw,ro").options().readOnly());
        assertTrue(parse("/a=vda1:ext4,ro,rw").options().readWrite());
        assertFalse(parse("/a=vda1:ext4,ro,rw").options().readOnly());
        assertFalse(parse("/a=vda1:ext4,rw,ro").options().readWrite());
        assertEquals("/a/b", parse("//a///b/=vda1:ext4").path());
        String longest = "/" + "x".repeat(255);
        assertEquals(longest, parse(longest + "=:tmpfs").path());
        MountException e = assertThrows(MountException.class, () -> parse(longest + "x=:tmpfs"));
        assertTrue(e.getMessage().endsWith(" has a name of more than 255 bytes"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "vdb1, NAME, vdb1",
        "serial=WD-12, SERIAL, WD-12",
        "label=My data: all, LABEL, My data: all",
        "UUID=0FC63DAF-8483-4772-8E79-3D69D8477DE4, UUID, 0fc63daf-8483-4772-8e79-3d69d8477de4",
        "partlabel=Root, PARTITION_LABEL, Root",
        "partuuid=0CF4B7E1-02, PARTITION_UUID, 0cf4b7e1-02",
    })
    void aDeviceHasNamesOfManyKinds(String text, By by, String value) throws Exception {
        assertEquals(new DeviceName(by, value), parse("/data=" + text + ":ext4").device());
    }

    /** Its tag is what the host likes. */
    @Test
    void aSharedFolderIsNoDisk() throws Exception {
        MountSpec spec = parse("/src=My-Folder_0:9p,ro");
        assertEquals("My-Folder_0", spec.device().value());
        assertTrue(spec.isShare() && spec.options().readOnly());
        assertFalse(new MountPlan(List.of(spec)).needsDisks());
        assertTrue(new MountPlan(List.of(spec, parse("/data=vdb:ext4"))).needsDisks());
        assertThrows(MountException.class, () -> parse("/src=two words:9p"));
    }

    @Test
    void aFileSystemMayHaveNoDevice() throws Exception {
        for (String text : List.of("/t=:tmpfs", "/t=none:tmpfs", "/t=tmpfs:tmpfs,size=1m")) {
            assertEquals(null, parse(text).device(), text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it has no equals sign between path and device: write for example"
                        + " /data=vdb:ext4",
                "/data | it has no equals sign between path and device: write for example"
                        + " /data=vdb:ext4",
                "/data=vdb | it does not say what is on the device: write for example"
                        + " /data=vdb:ext4",
                "/data=vdb,ro:ext4 | it does not say what is on the device: write for example"
                        + " /data=vdb:ext4",
                "data=vdb:ext4 | \"data\" is no path from the root on",
                "=vdb:ext4 | \"\" is no path from the root on",
                "/=vdb:ext4 | the root is the image's own, and cannot be covered",
                "/a/../b=vdb:ext4 | \"/a/../b\" is no path to mount on: it has dots",
                "/data=vdb:EXT4 | \"EXT4\" is no type of a file system such as ext4",
                "/data=vdb: | \"\" is no type of a file system such as ext4",
                "/data=uuid=12:ext4 | \"uuid=12\" is no UUID",
                "/data=label=:ext4 | \"label=\" names no device: write for example vdb or"
                        + " label=data",
                "/data=/dev/vdb:ext4 | \"/dev/vdb\" is no device: write a name such as vdb or vdb1,"
                        + " or serial=, label=, uuid=, partlabel= or partuuid= and a value",
                "/data=vdb:ext4,ro,grow | ro and grow contradict each other",
                "/data=vdb:ext4,format-if-blank,ro | ro and format-if-blank contradict each other",
                "/data=vdb:ext4,,ro | \"\" is no option",
                "/data=vdb:ext4,=1 | \"=1\" is no option",
            })
    void whatIsNoMountIsRefused(String text, String why) {
        MountException e = assertThrows(MountException.class, () -> parse(text));
        assertEquals("\"" + text + "\": " + why, e.getMessage());
    }

    @Test
    void thereIsAnEndToIt() {
        String path = "/a".repeat(1000);
        assertThrows(MountException.class, () -> parse(path + "=vdb:ext4"));
        assertThrows(MountException.class, () -> parse("/a=label=" + "b".repeat(300) + ":ext4"));
        StringBuilder options = new StringBuilder("/a=vdb:ext4");
        for (int i = 0; i < 100; i++) {
            options.append(",o").append(i);
        }
        assertThrows(MountException.class, () -> parse(options.toString()));
    }
}
