package dev.cortado.drivers.acpi.aml;

/** Operators on places, references and packages (ACPI 6.5, 19.6.17 to 19.6.129). */
final class References {
    private final Execution execution;
    private final Expressions expressions;
    private final Places places;

    References(Execution execution, Expressions expressions, Places places) {
        this.execution = execution;
        this.expressions = expressions;
        this.places = places;
    }

    AmlObject apply(int opcode, Frame frame) throws AmlException {
        switch (opcode) {
            case Opcode.STORE -> {
                AmlObject value = expressions.value(frame);
                places.superName(frame).store(value, execution);
                return value;
            }
            case Opcode.COPY_OBJECT -> {
                AmlObject value = expressions.value(frame);
                places.superName(frame).copy(value, execution);
                return value;
            }
            case Opcode.REF_OF -> {
                return new AmlReference(places.superName(frame));
            }
            case Opcode.DEREF_OF -> {
                return dereference(frame);
            }
            case Opcode.COND_REF_OF -> {
                return reference(frame);
            }
            case Opcode.INDEX -> {
                return index(frame);
            }
            case Opcode.SIZE_OF -> {
                return execution.integer(size(value(places.superName(frame))));
            }
            default -> {
                return execution.integer(type(places.superName(frame)).code());
            }
        }
    }

    /** A string is the name of what is meant. */
    private AmlObject dereference(Frame frame) throws AmlException {
        AmlObject value = expressions.value(frame);
        if (value instanceof AmlString name) {
            NamePath path = NamePath.of(name.text());
            Budget budget = execution.budget();
            NamespaceNode node = execution.namespace().require(frame.scope(), path, budget);
            return new Place.Node(node).read(execution);
        }
        if (value instanceof AmlReference reference) {
            return reference.place().read(execution);
        }
        throw Conversions.unexpected("A reference", value);
    }

    /** CondRefOf (19.6.16): what is not there is no error. */
    private AmlObject reference(Frame frame) throws AmlException {
        Place place;
        if (NamePath.startsWith(frame.cursor().peek())) {
            NamespaceNode node = expressions.findOrNull(frame);
            place = node == null ? null : new Place.Node(node);
        } else {
            place = places.superName(frame);
        }
        Place target = places.target(frame);
        if (place == null) {
            return execution.truth(false);
        }
        target.store(new AmlReference(place), execution);
        return execution.truth(true);
    }

    /** Index (19.6.63): of a package, a string or a buffer. */
    private AmlReference index(Frame frame) throws AmlException {
        AmlObject source = expressions.value(frame);
        if (source instanceof AmlReference reference) {
            source = reference.place().read(execution);
        }
        long index = expressions.number(frame);
        Place place =
                switch (source) {
                    case AmlPackage elements ->
                            new Place.Element(elements, elements.checkIndex(index));
                    case AmlBytes bytes -> new Place.ByteOf(bytes, bytes.checkIndex(index));
                    default -> throw Conversions.unexpected("A package, string or buffer", source);
                };
        AmlReference result = new AmlReference(place);
        places.target(frame).store(result, execution);
        return result;
    }

    /** What is there, or what the reference that is there refers to. */
    private AmlObject value(Place place) throws AmlException {
        AmlObject value = place.read(execution);
        return value instanceof AmlReference reference && !reference.place().equals(place)
                ? reference.place().read(execution)
                : value;
    }

    private static long size(AmlObject value) throws AmlException {
        return switch (value) {
            case AmlBytes bytes -> bytes.length();
            case AmlPackage elements -> elements.length();
            default -> throw Conversions.unexpected("A string, buffer or package", value);
        };
    }

    /** ObjectType (19.6.97), which nothing is read for but references. */
    private ObjectType type(Place place) throws AmlException {
        ObjectType type = place.type(execution);
        if (type != ObjectType.REFERENCE) {
            return type;
        }
        return place.read(execution) instanceof AmlReference reference
                ? reference.place().type(execution)
                : type;
    }
}
