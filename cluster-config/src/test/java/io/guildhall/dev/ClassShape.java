package io.guildhall.dev;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.PermittedSubclassesAttribute;
import java.lang.classfile.attribute.RecordAttribute;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What other classes can see of a class when they are compiled: everything but private members and code.
 *
 * @param name the internal name, such as {@code io/guildhall/kernel/Money$Sum}
 * @param supertypes the internal names of its superclass and interfaces
 * @param visible a text that changes exactly when what others can see changes
 */
record ClassShape(String name, Set<String> supertypes, String visible) {
    static ClassShape of(Path classFile) throws IOException {
        return of(ClassFile.of().parse(classFile));
    }

    static ClassShape of(ClassModel model) {
        var supertypes = new HashSet<String>();
        model.superclass().ifPresent(it -> supertypes.add(it.asInternalName()));
        model.interfaces().forEach(it -> supertypes.add(it.asInternalName()));
        var lines = new TreeSet<String>();
        lines.add("class " + flags(model) + " " + supertypes.stream().sorted().toList());
        lines.add("type "
                + model.findAttribute(Attributes.signature())
                        .map(it -> it.signature().stringValue()));
        lines.add("permits "
                + model.findAttribute(Attributes.permittedSubclasses())
                        .map(PermittedSubclassesAttribute::permittedSubclasses));
        lines.add("components "
                + model.findAttribute(Attributes.record()).map(RecordAttribute::components).orElse(List.of()).stream()
                        .map(it -> it.name() + ":" + it.descriptor())
                        .toList());
        addFields(model, lines);
        addMethods(model, lines);
        return new ClassShape(model.thisClass().asInternalName(), supertypes, String.join("\n", lines));
    }

    /** A nested class has its access flags in the list of inner classes. */
    private static int flags(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(it -> it.classes().stream())
                .filter(it -> it.innerClass()
                        .asInternalName()
                        .equals(model.thisClass().asInternalName()))
                .mapToInt(it -> it.flagsMask())
                .findFirst()
                .orElse(model.flags().flagsMask());
    }

    private static void addFields(ClassModel model, Set<String> lines) {
        for (var field : model.fields()) {
            if ((field.flags().flagsMask() & ClassFile.ACC_PRIVATE) != 0) continue;
            lines.add("field " + field.flags().flagsMask() + " " + field.fieldName() + " " + field.fieldType() + " "
                    + field.findAttribute(Attributes.signature())
                            .map(it -> it.signature().stringValue()) + " "
                    + field.findAttribute(Attributes.constantValue())
                            .map(it -> it.constant().constantValue()));
        }
    }

    private static void addMethods(ClassModel model, Set<String> lines) {
        for (var method : model.methods()) {
            if ((method.flags().flagsMask() & (ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC)) != 0) continue;
            lines.add(
                    "method " + method.flags().flagsMask() + " " + method.methodName() + " " + method.methodType() + " "
                            + method.findAttribute(Attributes.signature())
                                    .map(it -> it.signature().stringValue()) + " "
                            + method.findAttribute(Attributes.exceptions()).map(it -> it.exceptions()));
        }
    }
}
