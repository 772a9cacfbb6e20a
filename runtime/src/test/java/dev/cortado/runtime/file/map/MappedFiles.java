package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Files in memory, mapped; their disk may fail. */
final class MappedFiles {
    static final int PAGE = PageMemory.PAGE_BYTES;

    private final TmpFileSystem disk;
    private final Map<String, Integer> calls = new HashMap<>();
    private volatile String failing = "";
    private volatile boolean failsOnce;

    final SimulatedPages memory;
    final FileSystem fileSystem;
    final MappedContents contents;
    final MappedSpace space;

    /**
     * @param frames that files may have
     * @param pages on the disk
     */
    MappedFiles(int frames, int pages) {
        this(frames, pages, Integer.MAX_VALUE);
    }

    /**
     * @param machineFrames that there are at all
     */
    MappedFiles(int frames, int pages, int machineFrames) {
        disk = new TmpFileSystem((long) pages * PAGE, 1000, () -> 0);
        fileSystem =
                (FileSystem)
                        Proxy.newProxyInstance(
                                FileSystem.class.getClassLoader(),
                                new Class<?>[] {FileSystem.class},
                                (proxy, method, arguments) -> {
                                    count(method.getName());
                                    try {
                                        return method.invoke(disk, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
        memory = new SimulatedPages(machineFrames);
        contents = new MappedContents(fileSystem);
        space = new MappedSpace(memory, (long) frames * PAGE);
    }

    private void count(String name) throws FileException {
        synchronized (calls) {
            calls.merge(name, 1, Integer::sum);
        }
        if (failing.equals(name)) {
            failing = failsOnce ? "" : failing;
            throw new FileException(Errno.EIO);
        }
    }

    /** Calls of this name fail from now on; none do if it is empty. */
    void fail(String name) {
        failsOnce = false;
        failing = name;
    }

    /** The next call of this name fails. */
    void failOnce(String name) {
        failsOnce = true;
        failing = name;
    }

    int calls(String name) {
        synchronized (calls) {
            return calls.getOrDefault(name, 0);
        }
    }

    Inode create(String name, byte[] content) throws FileException {
        Inode inode = disk.create(disk.root(), FileName.of(name), 0644);
        if (content.length > 0) {
            disk.write(inode, 0, ByteBuffer.wrap(content));
        }
        return inode;
    }

    void unlink(String name) throws FileException {
        disk.unlink(disk.root(), FileName.of(name));
    }

    long freePages() {
        return disk.statistics().freeBlocks();
    }

    long map(Inode inode, int firstPage, int pages, MappingMode mode) throws FileException {
        return space.map(contents, inode, (long) firstPage * PAGE, (long) pages * PAGE, mode);
    }

    byte read(long address) throws FileException {
        return memory.read(space, address);
    }

    void write(long address, int value) throws FileException {
        memory.write(space, address, (byte) value);
    }

    /** What a program reads from the file. */
    byte[] content(Inode inode) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate((int) disk.attributes(inode).size());
        contents.read(inode, 0, bytes);
        return bytes.array();
    }

    /** What the file has if nothing but it is looked at. */
    byte[] stored(Inode inode) throws FileException {
        ByteBuffer bytes = ByteBuffer.allocate((int) disk.attributes(inode).size());
        disk.read(inode, 0, bytes);
        return bytes.array();
    }
}
