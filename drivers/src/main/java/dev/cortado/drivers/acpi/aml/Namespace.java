package dev.cortado.drivers.acpi.aml;

/** The tree of names (ACPI 6.5, 5.3), with those that are there before any table. */
final class Namespace {
    /** More than the segments of the longest path: so walks up are short. */
    private static final int MAXIMUM_DEPTH = 255;

    private static final String[] PREDEFINED_SCOPES = {"_GPE", "_PR", "_SB", "_SI", "_TZ"};

    /** What firmware expects to hear of each operating system (5.7.3, 5.7.4). */
    private static final String OPERATING_SYSTEM = "Microsoft Windows NT";

    private static final int REVISION = 2;

    private final NamespaceNode root = new NamespaceNode(0, null, AmlScope.PREDEFINED);
    private int nodes;

    Namespace() {
        for (String scope : PREDEFINED_SCOPES) {
            predefine(scope, AmlScope.PREDEFINED);
        }
        predefine("_OS", new AmlString(OPERATING_SYSTEM));
        predefine("_REV", new AmlInteger(REVISION));
        predefine("_OSI", AmlMethod.OSI);
        predefine("_GL", new AmlMutex());
    }

    private void predefine(String name, AmlObject object) {
        root.add(new NamespaceNode(NameSegment.of(name), root, object));
        nodes++;
    }

    NamespaceNode root() {
        return root;
    }

    /**
     * @return null if there is no such name
     */
    NamespaceNode find(NamespaceNode scope, NamePath path, Budget budget) throws AmlException {
        budget.steps(path.parents() + path.segments().length);
        if (path.isSearched()) {
            return search(scope, path.segments()[0], budget);
        }
        NamespaceNode node = start(scope, path);
        for (int segment : path.segments()) {
            node = node == null ? null : node.child(segment);
        }
        return node;
    }

    NamespaceNode require(NamespaceNode scope, NamePath path, Budget budget) throws AmlException {
        NamespaceNode node = find(scope, path, budget);
        if (node == null) {
            throw new AmlException("No " + path + " in " + scope.path());
        }
        return node;
    }

    private static NamespaceNode search(NamespaceNode scope, int segment, Budget budget)
            throws AmlException {
        for (NamespaceNode at = scope; at != null; at = at.parent()) {
            budget.step();
            NamespaceNode node = at.child(segment);
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    /** Null above the root. */
    private NamespaceNode start(NamespaceNode scope, NamePath path) {
        if (path.isAbsolute()) {
            return root;
        }
        NamespaceNode at = scope;
        for (int i = 0; i < path.parents() && at != null; i++) {
            at = at.parent();
        }
        return at;
    }

    /** Declares a name, all of whose path but the last segment is there. */
    NamespaceNode add(NamespaceNode scope, NamePath path, AmlObject object, Budget budget)
            throws AmlException {
        int[] segments = path.segments();
        if (segments.length == 0) {
            throw new AmlException("A declaration without a name");
        }
        budget.steps(path.parents() + segments.length);
        NamespaceNode parent = start(scope, path);
        for (int i = 0; i < segments.length - 1 && parent != null; i++) {
            parent = parent.child(segments[i]);
        }
        int last = segments[segments.length - 1];
        if (parent == null) {
            throw new AmlException("No scope for " + path + " in " + scope.path());
        }
        if (parent.child(last) != null) {
            throw new AmlException(path + " is already in " + parent.path());
        }
        if (nodes >= budget.nodes() || parent.depth() >= MAXIMUM_DEPTH) {
            throw new AmlException("More names than " + budget.nodes() + ", or too deep");
        }
        NamespaceNode node = new NamespaceNode(last, parent, object);
        parent.add(node);
        nodes++;
        return node;
    }

    /** Takes out a name that a method declared, when it ends, with all that is below it. */
    void remove(NamespaceNode node) {
        node.parent().remove(node);
        nodes--;
    }
}
