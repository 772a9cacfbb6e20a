package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** The bytes of a file or of a directory, as far as there is room for them on the disk. */
interface Content {
    long bytes();

    /** Fills a buffer up to its limit with bytes that there are. */
    void read(long position, ByteBuffer to) throws FileException;

    /** Where one of them is on the disk. */
    long place(long position) throws FileException;

    /** The root directory of FAT12 and FAT16. */
    record Fixed(Geometry geometry) implements Content {
        @Override
        public long bytes() {
            return geometry.rootBytes();
        }

        @Override
        public void read(long position, ByteBuffer to) throws FileException {
            geometry.reader().read(place(position), to);
        }

        @Override
        public long place(long position) {
            return geometry.root() + position;
        }
    }

    /** Nothing. */
    record Empty() implements Content {
        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void read(long position, ByteBuffer to) {}

        @Override
        public long place(long position) {
            return 0;
        }
    }
}
