package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlBuffer;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlInteger;
import dev.cortado.drivers.acpi.aml.AmlInterpreter;
import dev.cortado.drivers.acpi.aml.AmlObject;
import dev.cortado.drivers.acpi.aml.AmlPackage;
import dev.cortado.drivers.acpi.aml.NamespaceNode;

/** Evaluates names in a device's scope to the types that the specification wants of them. */
final class Evaluation {
    private final AmlInterpreter interpreter;

    Evaluation(AmlInterpreter interpreter) {
        this.interpreter = interpreter;
    }

    AmlInterpreter interpreter() {
        return interpreter;
    }

    /** Null if there is no such name, or it is a method that returns nothing. */
    AmlObject object(NamespaceNode scope, String name, AmlObject... arguments) throws AmlException {
        NamespaceNode node = scope.child(name);
        return node == null ? null : interpreter.evaluate(node, arguments);
    }

    long integer(NamespaceNode scope, String name, long otherwise) throws AmlException {
        AmlObject value = object(scope, name);
        return value == null ? otherwise : integer(value, scope, name);
    }

    /** Null if there is no such name. */
    AmlPackage elements(NamespaceNode scope, String name) throws AmlException {
        AmlObject value = object(scope, name);
        if (value == null || value instanceof AmlPackage) {
            return (AmlPackage) value;
        }
        throw unexpected(scope, name, value);
    }

    /** Null if there is no such name. */
    byte[] bytes(NamespaceNode scope, String name) throws AmlException {
        AmlObject value = object(scope, name);
        if (value == null) {
            return null;
        }
        if (value instanceof AmlBuffer buffer) {
            return buffer.toByteArray();
        }
        throw unexpected(scope, name, value);
    }

    /** An element of a package, whose names are resolved; there must be a value. */
    AmlObject element(AmlPackage elements, int index, NamespaceNode scope, String name)
            throws AmlException {
        if (index >= elements.length() || elements.get(index) == null) {
            throw new AmlException(path(scope, name) + " has no element " + index);
        }
        return interpreter.resolve(elements.get(index));
    }

    long integer(AmlPackage elements, int index, NamespaceNode scope, String name)
            throws AmlException {
        return integer(element(elements, index, scope, name), scope, name);
    }

    private static long integer(AmlObject value, NamespaceNode scope, String name)
            throws AmlException {
        if (value instanceof AmlInteger(long number)) {
            return number;
        }
        throw unexpected(scope, name, value);
    }

    static AmlException unexpected(NamespaceNode scope, String name, AmlObject value) {
        return new AmlException(path(scope, name) + " has " + value.type());
    }

    private static String path(NamespaceNode scope, String name) {
        return scope.path() + " " + name;
    }
}
