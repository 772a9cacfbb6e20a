package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.ext4.make.BlankStorage;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.util.List;

/** Of file systems that note what is done with them, and are on a disk by their superblock. */
final class FakeKind implements FileSystemKind {
    private final List<String> calls;
    boolean fails;

    FakeKind(List<String> calls) {
        this.calls = calls;
    }

    @Override
    public boolean isNamed(String type) {
        return type.startsWith("ext");
    }

    @Override
    public boolean needsDevice() {
        return true;
    }

    @Override
    public MountedFileSystem mount(Storage device, MountSpec spec) throws FileException {
        calls.add("mount " + device.name());
        if (fails) {
            throw new FileException(Errno.EIO);
        }
        return new Mounted(new TmpFileSystem(1 << 20, 100, () -> 0), device.name());
    }

    @Override
    public boolean isBlank(Storage device) throws FileException {
        return BlankStorage.isBlank(device);
    }

    @Override
    public void format(Storage device) throws FileException {
        calls.add("format " + device.name());
        ByteBuffer block = ByteBuffer.allocate(1024);
        block.put(0x38, (byte) 0x53).put(0x39, (byte) 0xef);
        device.write(1024, block);
    }

    @Override
    public boolean grow(Storage device, MountSpec spec) {
        calls.add("grow " + device.name());
        return true;
    }

    private final class Mounted implements MountedFileSystem {
        private final FileSystem made;
        private final String name;

        Mounted(FileSystem made, String name) {
            this.made = made;
            this.name = name;
        }

        @Override
        public FileSystem fileSystem() {
            return made;
        }

        @Override
        public void commit() throws FileException {
            calls.add("commit " + name);
            if (fails) {
                throw new FileException(Errno.EIO);
            }
        }

        @Override
        public void unmount() throws FileException {
            calls.add("unmount " + name);
            if (fails) {
                throw new FileException(Errno.EIO);
            }
        }
    }
}
