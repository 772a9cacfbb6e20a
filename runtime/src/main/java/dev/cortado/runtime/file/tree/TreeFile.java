package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.AttributeChange;
import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;

/** An open file of a file system: what a directory and a regular file have in common. */
abstract class TreeFile extends OpenFile {
    private final Description description;

    TreeFile(Description description) {
        this.description = description;
    }

    final Description description() {
        return description;
    }

    final Location location() {
        return description.location();
    }

    @Override
    public long position() throws FileException {
        enter();
        try {
            return description.position();
        } finally {
            leave();
        }
    }

    @Override
    public final Attributes attributes() throws FileException {
        enter();
        try {
            return description
                    .fileSystem()
                    .attributes(description.inode())
                    .onDevice(location().mount().device());
        } finally {
            leave();
        }
    }

    @Override
    public final void setAttributes(AttributeChange change) throws FileException {
        enter();
        try {
            location().requireWritable();
            description.fileSystem().setAttributes(description.inode(), change);
            description.changed();
        } finally {
            leave();
        }
    }

    @Override
    public void sync(boolean onlyData) throws FileException {
        enter();
        try {
            description.contents().sync(description.inode(), onlyData);
        } finally {
            leave();
        }
    }

    @Override
    public final byte[] extendedAttribute(byte[] name) throws FileException {
        enter();
        try {
            return description.fileSystem().extendedAttribute(description.inode(), name);
        } finally {
            leave();
        }
    }

    @Override
    public final void setExtendedAttribute(byte[] name, byte[] value) throws FileException {
        enter();
        try {
            location().requireWritable();
            description.fileSystem().setExtendedAttribute(description.inode(), name, value);
            description.changed();
        } finally {
            leave();
        }
    }

    @Override
    public final byte[][] extendedAttributes() throws FileException {
        enter();
        try {
            return description.fileSystem().extendedAttributes(description.inode());
        } finally {
            leave();
        }
    }
}
