package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.ext4.Ext4FileSystem;
import dev.cortado.runtime.file.ext4.MountOptions;
import dev.cortado.runtime.file.ext4.make.Ext4Maker;
import dev.cortado.runtime.file.ext4.make.MakeOptions;
import dev.cortado.runtime.file.fuse.MemoryFolder;
import dev.cortado.runtime.file.ninep.SharedFolder;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.util.UUID;

/** The file systems that programs write to. */
enum Tried {
    TMPFS {
        @Override
        FileSystem make() {
            return new TmpFileSystem(BYTES, 1 << 16, () -> 1);
        }
    },
    EXT4 {
        @Override
        int rounds(int usual) {
            return Math.ceilDiv(usual, 4);
        }

        @Override
        FileSystem make() {
            UUID uuid = new UUID(1, 2);
            MemoryStorage storage = new MemoryStorage(BYTES);
            try {
                Ext4Maker.make(storage, MakeOptions.of(uuid, uuid, 1).build());
                return Ext4FileSystem.mount(storage, MountOptions.of(() -> 1));
            } catch (FileException e) {
                throw new AssertionError(e);
            }
        }
    },
    /** The folder is of the machine that it is compared with. */
    NINEP {
        @Override
        int rounds(int usual) {
            return Math.ceilDiv(usual, 6);
        }

        @Override
        FileSystem make() {
            return SharedFolder.mount();
        }
    },
    /** The server has a tmpfs. */
    VIRTIOFS {
        @Override
        int rounds(int usual) {
            return Math.ceilDiv(usual, 4);
        }

        @Override
        FileSystem make() {
            return MemoryFolder.mount(BYTES);
        }
    };

    private static final long BYTES = 1 << 26;

    /** How many to do, where so many are usual: some take more time than others. */
    int rounds(int usual) {
        return usual;
    }

    /** A new one. */
    abstract FileSystem make();
}
