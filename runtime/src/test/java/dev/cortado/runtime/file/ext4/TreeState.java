package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All files by their paths: what metadata says of each, and a hash of its content.
 *
 * @param metadata of each path
 * @param content of each path of a regular file
 * @param foreign paths of files that have bytes with the highest bit, which nobody has written
 */
record TreeState(Map<String, String> metadata, Map<String, Integer> content, Set<String> foreign) {
    static TreeState of(FileSystem fileSystem) throws FileException {
        TreeState state = new TreeState(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        state.add(fileSystem, "", fileSystem.root());
        return state;
    }

    private void add(FileSystem fileSystem, String path, Inode directory) throws FileException {
        for (FileName name : TreeComparison.entries(fileSystem, directory).keySet()) {
            String below = path + "/" + name;
            if (below.equals("/lost+found")) {
                continue;
            }
            Inode inode = fileSystem.lookup(directory, name);
            Attributes attributes = fileSystem.attributes(inode);
            String size =
                    inode.isDirectory() ? "" : " " + attributes.size() + " " + attributes.links();
            String target =
                    inode.kind() == FileKind.SYMBOLIC_LINK
                            ? " " + new String(fileSystem.readLink(inode))
                            : "";
            metadata.put(
                    below,
                    "%o %d %d%s%s"
                            .formatted(
                                    attributes.mode(),
                                    attributes.owner(),
                                    attributes.group(),
                                    size,
                                    target));
            if (inode.isDirectory()) {
                add(fileSystem, below, inode);
            } else if (inode.kind() == FileKind.REGULAR) {
                byte[] bytes = TreeComparison.content(fileSystem, inode);
                content.put(below, Arrays.hashCode(bytes));
                for (byte value : bytes) {
                    if (value < 0) {
                        foreign.add(below);
                    }
                }
            }
        }
    }
}
