package dev.cortado.drivers.acpi.aml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A name in the namespace, what it stands for, and the names in its scope. */
public final class NamespaceNode {
    private final int segment;
    private final NamespaceNode parent;
    private final int depth;

    /** Null until the first child comes: most names have none. */
    private Map<Integer, NamespaceNode> children;

    private AmlObject object;

    /** What an alias stands for; null for others. */
    private NamespaceNode original;

    NamespaceNode(int segment, NamespaceNode parent, AmlObject object) {
        this.segment = segment;
        this.parent = parent;
        this.object = object;
        depth = parent == null ? 0 : parent.depth + 1;
    }

    /** Its four characters; the root's name is a backslash. */
    public String name() {
        return parent == null ? "\\" : NameSegment.text(segment);
    }

    /** Null for the root. */
    public NamespaceNode parent() {
        return parent;
    }

    public ObjectType type() {
        return object.type();
    }

    /** In the order in which they were declared, without aliases. */
    public List<NamespaceNode> children() {
        List<NamespaceNode> list = new ArrayList<>();
        if (children != null) {
            for (NamespaceNode child : children.values()) {
                if (child.original == null) {
                    list.add(child);
                }
            }
        }
        return list;
    }

    /** The name in this very scope, or null. */
    public NamespaceNode child(String name) {
        return child(NameSegment.of(name));
    }

    NamespaceNode child(int name) {
        NamespaceNode child = children == null ? null : children.get(name);
        return child == null || child.original == null ? child : child.original;
    }

    void add(NamespaceNode child) {
        if (children == null) {
            children = new LinkedHashMap<>();
        }
        children.put(child.segment, child);
    }

    void remove(NamespaceNode child) {
        if (children != null) {
            children.remove(child.segment, child);
        }
    }

    void setOriginal(NamespaceNode node) {
        original = node;
    }

    int depth() {
        return depth;
    }

    AmlObject object() {
        return object;
    }

    void setObject(AmlObject object) {
        this.object = object;
    }

    /** From the root, such as {@code \_SB_.PCI0}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (NamespaceNode node = this; node.parent != null; node = node.parent) {
            path.insert(0, node.parent.parent == null ? node.name() : "." + node.name());
        }
        return path.insert(0, '\\').toString();
    }

    @Override
    public String toString() {
        return path();
    }
}
