package dev.cortado.runtime.file.device;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.charset.StandardCharsets;

/** What {@code /dev} contains, as in a container of Linux's. */
public final class DeviceDirectory {
    private static final int DIRECTORY_PERMISSIONS = 0755;
    private static final int SHARED_DIRECTORY_PERMISSIONS = 01777;
    private static final int DEVICE_PERMISSIONS = 0666;
    private static final int CONSOLE_PERMISSIONS = 0620;

    private static final String CONSOLE = "console";

    private final TmpFileSystem files;
    private final Inode directory;

    private DeviceDirectory(TmpFileSystem files, Inode directory) {
        this.files = files;
        this.directory = directory;
    }

    /** Makes it, in the root of files in memory. */
    public static void make(TmpFileSystem files, String name) throws FileException {
        Inode directory =
                files.makeDirectory(files.root(), FileName.of(name), DIRECTORY_PERMISSIONS);
        new DeviceDirectory(files, directory).fill();
    }

    private void fill() throws FileException {
        add("null", DEVICE_PERMISSIONS, DeviceNumber.NULL);
        add("zero", DEVICE_PERMISSIONS, DeviceNumber.ZERO);
        add("full", DEVICE_PERMISSIONS, DeviceNumber.FULL);
        add("random", DEVICE_PERMISSIONS, DeviceNumber.RANDOM);
        add("urandom", DEVICE_PERMISSIONS, DeviceNumber.UNPREDICTABLE);
        add(CONSOLE, CONSOLE_PERMISSIONS, DeviceNumber.CONSOLE);
        link("stdin");
        link("stdout");
        link("stderr");
        files.makeDirectory(directory, FileName.of("shm"), SHARED_DIRECTORY_PERMISSIONS);
    }

    private void add(String name, int permissions, long number) throws FileException {
        files.makeDevice(directory, FileName.of(name), permissions, number);
    }

    private void link(String name) throws FileException {
        byte[] target = CONSOLE.getBytes(StandardCharsets.US_ASCII);
        files.makeSymbolicLink(directory, FileName.of(name), target);
    }
}
