package dev.cortado.drivers.acpi.aml;

/** Where a value can be read from and stored to: what SuperName and Target name (20.2.5.4). */
sealed interface Place {
    /** No target: a result that nobody wants, or the debugger's. */
    Place NONE = new Nowhere(ObjectType.UNINITIALIZED);

    Place DEBUG = new Nowhere(ObjectType.DEBUG);

    /** The object that is there, not a copy; what has no value is a reference to itself. */
    AmlObject read(Execution execution) throws AmlException;

    /** Store (19.6.129): a copy, converted to the type of what a name stands for. */
    void store(AmlObject value, Execution execution) throws AmlException;

    /** CopyObject (19.6.17): a copy, whatever was there. */
    void copy(AmlObject value, Execution execution) throws AmlException;

    ObjectType type(Execution execution) throws AmlException;

    /**
     * What a name stands for.
     *
     * @param node not an alias
     */
    record Node(NamespaceNode node) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            return switch (node.object()) {
                case AmlInteger value -> value;
                case AmlBytes value -> value;
                case AmlPackage value -> value;
                case AmlReference value -> value;
                case FieldUnit field -> execution.fields().read(field);
                case BufferField field -> field.read(execution);
                case AmlMethod _, AmlScope _, AmlMutex _, AmlEvent _, OperationRegion _ ->
                        new AmlReference(this);
            };
        }

        @Override
        public void store(AmlObject value, Execution execution) throws AmlException {
            Conversions conversions = execution.conversions();
            switch (node.object()) {
                case AmlInteger _ -> node.setObject(conversions.integer(value));
                case AmlString _ -> node.setObject(conversions.string(value));
                case AmlBuffer buffer -> conversions.storeBytes(value, buffer);
                case FieldUnit field -> execution.fields().write(field, conversions.bytes(value));
                case BufferField field -> field.write(conversions.bytes(value), execution);
                case AmlPackage _ -> {
                    if (value.type() != ObjectType.PACKAGE) {
                        throw new AmlException("Store of " + value.type() + " to a package");
                    }
                    copy(value, execution);
                }
                case AmlReference _ -> copy(value, execution);
                case AmlMethod _, AmlScope _, AmlMutex _, AmlEvent _, OperationRegion _ ->
                        throw new AmlException("Store to " + node.path() + ", " + node.type());
            }
        }

        @Override
        public void copy(AmlObject value, Execution execution) throws AmlException {
            switch (node.object()) {
                case FieldUnit field ->
                        execution.fields().write(field, execution.conversions().bytes(value));
                case AmlScope _, AmlMutex _, AmlEvent _, OperationRegion _ ->
                        throw new AmlException("CopyObject to " + node.path());
                default -> node.setObject(execution.conversions().copy(value));
            }
        }

        @Override
        public ObjectType type(Execution execution) {
            return node.type();
        }

        @Override
        public String toString() {
            return node.path();
        }
    }

    /**
     * A local or an argument of a call.
     *
     * @param slots the call's
     * @param isArgument whether a reference there, made by RefOf, is stored through (19.3.5.8)
     */
    record Slot(AmlObject[] slots, int index, boolean isArgument) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            if (slots[index] == null) {
                throw new AmlException(
                        (isArgument ? "Arg" : "Local") + index + " has no value yet");
            }
            return slots[index];
        }

        @Override
        public void store(AmlObject value, Execution execution) throws AmlException {
            if (isArgument && slots[index] instanceof AmlReference reference) {
                switch (reference.place()) {
                    case Node target -> {
                        target.store(value, execution);
                        return;
                    }
                    // Not its store: a reference that refers to itself would never end.
                    case Slot(AmlObject[] others, int other, boolean _) -> {
                        others[other] = execution.conversions().copy(value);
                        return;
                    }
                    case Element _, ByteOf _, Name _, Nowhere _ -> {}
                }
            }
            slots[index] = execution.conversions().copy(value);
        }

        @Override
        public void copy(AmlObject value, Execution execution) throws AmlException {
            if (isArgument
                    && slots[index] instanceof AmlReference reference
                    && reference.place() instanceof Node target) {
                target.copy(value, execution);
            } else {
                slots[index] = execution.conversions().copy(value);
            }
        }

        @Override
        public ObjectType type(Execution execution) {
            return slots[index] == null ? ObjectType.UNINITIALIZED : slots[index].type();
        }

        @Override
        public String toString() {
            return (isArgument ? "Arg" : "Local") + index;
        }
    }

    /** An element of a package, whose index has been checked. */
    record Element(AmlPackage elements, int index) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            AmlObject element = elements.get(index);
            if (element == null) {
                throw new AmlException("Element " + index + " of the package has no value");
            }
            return execution.resolve(element);
        }

        @Override
        public void store(AmlObject value, Execution execution) throws AmlException {
            elements.set(index, execution.conversions().copy(value));
        }

        @Override
        public void copy(AmlObject value, Execution execution) throws AmlException {
            store(value, execution);
        }

        @Override
        public ObjectType type(Execution execution) throws AmlException {
            return elements.get(index) == null ? ObjectType.UNINITIALIZED : read(execution).type();
        }

        @Override
        public String toString() {
            return "element " + index;
        }
    }

    /** A byte of a string or buffer. */
    record ByteOf(AmlBytes bytes, int index) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            return new AmlInteger(bytes.bytes()[bytes.checkIndex(index)] & 0xff);
        }

        /** Of a string or buffer, its first byte is stored. */
        @Override
        public void store(AmlObject value, Execution execution) throws AmlException {
            byte[] source = execution.conversions().bytes(value);
            bytes.bytes()[bytes.checkIndex(index)] = source.length == 0 ? 0 : source[0];
        }

        @Override
        public void copy(AmlObject value, Execution execution) throws AmlException {
            store(value, execution);
        }

        @Override
        public ObjectType type(Execution execution) {
            return ObjectType.BUFFER_FIELD;
        }

        @Override
        public String toString() {
            return "byte " + index;
        }
    }

    /** An element of a package that was no name yet when the package was made. */
    record Name(NamePath path, NamespaceNode scope) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            return execution.named(execution.namespace().require(scope, path, execution.budget()));
        }

        @Override
        public void store(AmlObject value, Execution execution) throws AmlException {
            throw new AmlException("Store to the name " + path);
        }

        @Override
        public void copy(AmlObject value, Execution execution) throws AmlException {
            store(value, execution);
        }

        @Override
        public ObjectType type(Execution execution) throws AmlException {
            return read(execution).type();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Takes everything and has nothing. */
    record Nowhere(ObjectType type) implements Place {
        @Override
        public AmlObject read(Execution execution) throws AmlException {
            throw new AmlException("Nothing can be read from " + type);
        }

        @Override
        public void store(AmlObject value, Execution execution) {}

        @Override
        public void copy(AmlObject value, Execution execution) {}

        @Override
        public ObjectType type(Execution execution) {
            return type;
        }
    }
}
