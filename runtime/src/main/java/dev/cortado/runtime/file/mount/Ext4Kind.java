package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileClock;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.Ext4FileSystem;
import dev.cortado.runtime.file.ext4.Ext4Growth;
import dev.cortado.runtime.file.ext4.make.BlankStorage;
import dev.cortado.runtime.file.ext4.make.Ext4Grower;
import dev.cortado.runtime.file.ext4.make.Ext4Maker;
import dev.cortado.runtime.file.ext4.make.MakeOptions;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.cache.CacheMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** ext4, and what it has grown out of: ext2 and ext3. */
public final class Ext4Kind implements FileSystemKind {
    private static final List<String> TYPES = List.of("ext4", "ext3", "ext2");

    private static final int UUID_BYTES = 16;

    private final long metadataBytes;
    private final IntFunction<CacheMemory> contents;
    private final FileClock clock;
    private final Consumer<byte[]> random;
    private final Consumer<String> log;
    private final Consumer<String> panic;

    /**
     * @param metadataBytes of each file system, for the metadata that it keeps in memory
     * @param contents memory for what files have in them, in pages of so many bytes
     * @param random fills an array with numbers that nobody can guess
     * @param log is told of damage, and of what was done about it
     * @param panic what a superblock asks for that wants damage to end the machine
     */
    public Ext4Kind(
            long metadataBytes,
            IntFunction<CacheMemory> contents,
            FileClock clock,
            Consumer<byte[]> random,
            Consumer<String> log,
            Consumer<String> panic) {
        this.metadataBytes = metadataBytes;
        this.contents = contents;
        this.clock = clock;
        this.random = random;
        this.log = log;
        this.panic = panic;
    }

    @Override
    public boolean isNamed(String type) {
        return TYPES.contains(type);
    }

    @Override
    public boolean needsDevice() {
        return true;
    }

    /** A device that cannot be written is mounted to be read, as mount(8) does. */
    @Override
    public MountedFileSystem mount(Storage device, MountSpec spec) throws MountException {
        boolean isReadOnly = spec.options().readOnly() || device.isReadOnly();
        try {
            return new Mounted(Ext4FileSystem.mount(device, options(spec, isReadOnly)));
        } catch (FileException e) {
            throw failure(e);
        }
    }

    private dev.cortado.runtime.file.ext4.MountOptions options(MountSpec spec, boolean isReadOnly)
            throws FileException {
        var said =
                dev.cortado.runtime.file.ext4.MountOptions.of(clock)
                        .with(String.join(",", spec.options().others()));
        return new dev.cortado.runtime.file.ext4.MountOptions(
                isReadOnly,
                said.accessTimes(),
                said.loadsJournal(),
                said.discards(),
                said.errors(),
                spec.path(),
                clock,
                metadataBytes,
                contents,
                log,
                panic);
    }

    /** Who refuses something says why in the place of a path. */
    private static MountException failure(FileException e) {
        boolean isRefusal = e.errno() == Errno.EINVAL && e.path() != null;
        return new MountException(isRefusal ? e.path() : e.getMessage(), e);
    }

    @Override
    public boolean isBlank(Storage device) throws FileException {
        return BlankStorage.isBlank(device);
    }

    @Override
    public void format(Storage device) throws MountException {
        try {
            Ext4Maker.make(device, MakeOptions.of(uuid(), uuid(), clock.nanos()).build());
        } catch (FileException e) {
            throw new MountException("no file system can be made: " + failure(e).getMessage(), e);
        }
    }

    @Override
    public boolean grow(Storage device, MountSpec spec) throws MountException {
        try {
            Ext4Grower.Growth growth = Ext4Growth.grow(device, options(spec, false));
            if (growth.limit() != null) {
                log.accept(device.name() + ": the rest of it is not used: " + growth.limit());
            }
            return growth.isGrown();
        } catch (FileException e) {
            throw failure(e);
        }
    }

    /** Of chance (RFC 9562, 5.4). */
    private UUID uuid() {
        byte[] bytes = new byte[UUID_BYTES];
        random.accept(bytes);
        ByteBuffer both = ByteBuffer.wrap(bytes);
        long high = both.getLong() & ~0xf000L | 0x4000;
        long low = both.getLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    private record Mounted(Ext4FileSystem fileSystem) implements MountedFileSystem {
        @Override
        public void commit() throws FileException {
            fileSystem.syncAll();
        }

        @Override
        public void unmount() throws FileException {
            fileSystem.unmount();
        }
    }
}
