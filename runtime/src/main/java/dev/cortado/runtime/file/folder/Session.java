package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A server's files, from its first message on: each call is one message or a few. Handles that are
 * passed are of this session. A {@link FileException} is the server's error; {@link
 * BadReplyException} if it has answered what cannot be an answer, or nothing.
 */
public interface Session {
    boolean isAlive();

    /** The shared folder itself; never given back. */
    Handle root();

    /** By which it is known in this session and in those that follow. */
    long rootNumber();

    /**
     * How many handles the server has given that it was not given back, and files that are open.
     */
    int handles();

    /**
     * Walks from a file to another one.
     *
     * @param names one or more; one may be {@code ..}
     * @return the last one's file
     */
    Found walk(Handle from, List<byte[]> names) throws FileException;

    /** Gives a handle back; who uses the session next is told if it is at its end. */
    void drop(Handle handle);

    /**
     * Makes an empty regular file; what is returned has a handle or none, as with the next ones.
     */
    Found create(Handle in, FileName name, int permissions) throws FileException;

    Found makeDirectory(Handle in, FileName name, int permissions) throws FileException;

    Found makeSymbolicLink(Handle in, FileName name, byte[] target) throws FileException;

    byte[] readLink(Handle link) throws FileException;

    void link(Handle file, Handle in, FileName name) throws FileException;

    void remove(Handle in, FileName name, boolean isDirectory) throws FileException;

    void rename(Handle from, FileName name, Handle to, FileName newName) throws FileException;

    Attributes attributes(Handle file) throws FileException;

    void change(Handle file, AttributeChange change) throws FileException;

    void truncate(Handle file, long size) throws FileException;

    FileSystemStatistics statistics() throws FileException;

    /**
     * Opens a file, or a directory for reading.
     *
     * @param file stays as it is
     */
    OpenHandle open(Handle file, boolean isDirectory, Use use) throws FileException;

    /** As {@link #drop}. */
    void close(OpenHandle file);

    /**
     * Reads as many bytes as fit into one message.
     *
     * @return how many; 0 at the end
     */
    int read(OpenHandle file, long position, ByteBuffer to) throws FileException;

    /**
     * Writes as many bytes as fit into one message, and moves the buffer on.
     *
     * @return how many, 1 or more
     */
    int write(OpenHandle file, long position, ByteBuffer from) throws FileException;

    /**
     * @param onlyData not the times
     */
    void sync(OpenHandle file, boolean onlyData) throws FileException;

    /**
     * Reads entries of a directory, as many as fit into one message.
     *
     * @param cookie where to go on, or {@link DirectoryEntry#START}
     */
    Batch readDirectory(OpenHandle directory, long cookie) throws FileException;

    /**
     * @param name 1 byte or more
     */
    byte[] extendedAttribute(Handle file, byte[] name) throws FileException;

    /** All names, with a zero behind each. */
    byte[] extendedAttributes(Handle file) throws FileException;

    /**
     * @param name 1 byte or more
     * @param value null to remove it
     */
    void setExtendedAttribute(Handle file, byte[] name, byte[] value) throws FileException;
}
