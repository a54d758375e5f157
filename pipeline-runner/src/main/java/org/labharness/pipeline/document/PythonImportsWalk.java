package org.labharness.pipeline.document;

import com.oracle.graal.python.pegparser.sst.AliasTy;
import com.oracle.graal.python.pegparser.sst.SSTNode;
import com.oracle.graal.python.pegparser.sst.StmtTy;

/** Tells names what they stand for, wherever in the file they are imported. */
final class PythonImportsWalk {
    private final PythonNames names;

    PythonImportsWalk(PythonNames names) {
        this.names = names;
    }

    void walk(SSTNode node) {
        switch (node) {
            case StmtTy.Import found -> {
                for (AliasTy alias : found.names) {
                    if (alias.asName != null) {
                        names.stands(alias.asName, alias.name);
                    }
                }
            }
            case StmtTy.ImportFrom found -> {
                for (AliasTy alias : found.names) {
                    if (found.level == 0 && found.module != null) {
                        names.stands(alias.asName == null ? alias.name : alias.asName, found.module + "." + alias.name);
                    }
                }
            }
            case StmtTy statement -> PythonChildren.of(statement).forEach(this::walk);
            default -> {
                if (!(node instanceof com.oracle.graal.python.pegparser.sst.ExprTy)) {
                    PythonChildren.of(node).forEach(this::walk);
                }
            }
        }
    }
}
