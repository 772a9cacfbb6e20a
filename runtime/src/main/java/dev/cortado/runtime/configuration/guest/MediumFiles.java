package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.cloud.ConfigurationFiles;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The regular files of a file system that nobody has mounted. */
final class MediumFiles implements ConfigurationFiles {
    private final FileSystem fileSystem;

    MediumFiles(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    @Override
    public byte[] read(String path, int mostBytes) throws IOException {
        try {
            Inode inode = fileSystem.root();
            for (String name : path.split("/")) {
                inode = fileSystem.lookup(inode, FileName.of(name));
            }
            return content(inode, mostBytes);
        } catch (FileException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return null;
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte[] content(Inode file, int mostBytes) throws FileException, IOException {
        long size = fileSystem.attributes(file).size();
        if (size > mostBytes) {
            throw new IOException("it has " + size + " bytes; it may have " + mostBytes);
        }
        ByteBuffer content = ByteBuffer.allocate((int) size);
        while (content.hasRemaining()) {
            if (fileSystem.read(file, content.position(), content) <= 0) {
                throw new IOException("it ends before its " + size + " bytes");
            }
        }
        return content.array();
    }
}
