package dev.cortado.drivers.acpi.aml;

import java.util.ArrayList;
import java.util.List;

/** A call of a method, or the load of a table. */
final class Frame {
    private static final int LOCALS = 8;
    static final int ARGUMENTS = 7;

    private final AmlCursor cursor;
    private final AmlObject[] locals = new AmlObject[LOCALS];
    private final AmlObject[] arguments;

    /** Null while a table is loaded: what it declares stays. */
    private final List<NamespaceNode> declared;

    private NamespaceNode scope;
    private AmlObject result;

    private Frame(
            AmlCursor cursor,
            NamespaceNode scope,
            AmlObject[] arguments,
            List<NamespaceNode> declared) {
        this.cursor = cursor;
        this.scope = scope;
        this.arguments = arguments;
        this.declared = declared;
    }

    static Frame ofTable(AmlCursor cursor, NamespaceNode root) {
        return new Frame(cursor, root, new AmlObject[ARGUMENTS], null);
    }

    /** Keeps the array, which has {@value #ARGUMENTS} elements. */
    static Frame ofCall(AmlCursor cursor, NamespaceNode method, AmlObject[] arguments) {
        return new Frame(cursor, method, arguments, new ArrayList<>(0));
    }

    AmlCursor cursor() {
        return cursor;
    }

    boolean isTable() {
        return declared == null;
    }

    NamespaceNode scope() {
        return scope;
    }

    void setScope(NamespaceNode scope) {
        this.scope = scope;
    }

    Place local(int index) {
        return new Place.Slot(locals, index, false);
    }

    Place argument(int index) {
        return new Place.Slot(arguments, index, true);
    }

    /** What the method returns; null if nothing. */
    AmlObject result() {
        return result;
    }

    void setResult(AmlObject result) {
        this.result = result;
    }

    void declare(NamespaceNode node) {
        if (declared != null) {
            declared.add(node);
        }
    }

    /** What a method declares lives as long as its call (ACPI 6.5, 5.5.2.3). */
    void forgetDeclared(Namespace namespace) {
        for (NamespaceNode node : declared.reversed()) {
            namespace.remove(node);
        }
    }
}
