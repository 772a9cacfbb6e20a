package dev.cortado.drivers.xen.store;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The nodes of a xenstore, and what the protocol's requests do to them. */
final class FakeTree {
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String error) {
            super(error);
        }
    }

    record Node(byte[] value, String permissions, long generation) {}

    final TreeMap<String, Node> nodes = new TreeMap<>();
    long generation;

    FakeTree() {
        nodes.put("/", new Node(new byte[0], "n0", 0));
    }

    FakeTree(FakeTree other) {
        nodes.putAll(other.nodes);
        generation = other.generation;
    }

    Node get(String path) throws Failure {
        Node node = nodes.get(path);
        if (node == null) {
            throw new Failure("ENOENT");
        }
        return node;
    }

    static String parent(String path) {
        int end = path.lastIndexOf('/');
        return end == 0 ? "/" : path.substring(0, end);
    }

    void make(String path, String owner) {
        if (!nodes.containsKey(path)) {
            make(parent(path), owner);
            nodes.put(path, new Node(new byte[0], owner, ++generation));
            touch(parent(path));
        }
    }

    private void touch(String path) {
        Node node = nodes.get(path);
        nodes.put(path, new Node(node.value, node.permissions, ++generation));
    }

    void write(String path, byte[] value, String owner) {
        make(path, owner);
        nodes.put(path, new Node(value, nodes.get(path).permissions, ++generation));
    }

    void setPermissions(String path, String permissions) throws Failure {
        nodes.put(path, new Node(get(path).value, permissions, ++generation));
    }

    List<String> children(String path) throws Failure {
        get(path);
        String prefix = path.equals("/") ? "/" : path + "/";
        List<String> names = new ArrayList<>();
        for (String name :
                nodes.subMap(prefix, prefix.substring(0, prefix.length() - 1) + "0").keySet()) {
            String rest = name.substring(prefix.length());
            if (!rest.isEmpty() && rest.indexOf('/') < 0) {
                names.add(rest);
            }
        }
        return names;
    }

    /** What was removed. */
    List<String> remove(String path) throws Failure {
        if (!nodes.containsKey(path)) {
            get(parent(path));
            return List.of();
        }
        List<String> removed = new ArrayList<>();
        removed.add(path);
        removed.addAll(nodes.subMap(path + "/", path + "0").keySet());
        removed.forEach(nodes::remove);
        touch(parent(path));
        return removed;
    }
}
