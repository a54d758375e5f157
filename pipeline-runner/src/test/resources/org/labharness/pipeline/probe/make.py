"""Makes the models of EvaluatorIT; needs scikit-learn, skl2onnx, onnx."""
import sys, os
import numpy as np, onnx
from onnx import helper as h, TensorProto as T, numpy_helper as nh
from sklearn.linear_model import LogisticRegression, LinearRegression
from sklearn.tree import DecisionTreeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder
from skl2onnx import to_onnx, convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType, Int64TensorType
import pandas as pd
out=sys.argv[1]; os.makedirs(out,exist_ok=True)
rng=np.random.default_rng(5)
X=rng.normal(size=(300,3)).round(3)
F=X.astype(np.float32)
def save(m,n):
    m.ir_version=min(m.ir_version,10); open(f'{out}/{n}.onnx','wb').write(m.SerializeToString())
def truth(n,rows,cols):
    pd.DataFrame(np.column_stack([rows]+cols)).to_csv(f'{out}/{n}.csv',header=False,index=False)
names=np.array(['virginica','setosa','versicolor'])
y=names[(X[:,0]>0).astype(int)+(X[:,1]>0.5)]
c=LogisticRegression().fit(F,y); save(to_onnx(c,F[:1],target_opset=17),'string-maps')
truth('string-maps',F[:6],[c.predict_proba(F[:6])])
yi=np.select([X[:,0]>0.5,X[:,0]>-0.5],[100,-3],7)
c=LogisticRegression().fit(F,yi); save(to_onnx(c,F[:1],target_opset=17),'number-maps')
truth('number-maps',F[:6],[c.predict_proba(F[:6])])
c=LogisticRegression().fit(X,yi); save(to_onnx(c,X[:1],target_opset=17,options={'zipmap':False}),'tensors-of-double')
truth('tensors-of-double',X[:6],[c.predict_proba(X[:6])])
c=LogisticRegression().fit(F,y); save(to_onnx(c,F[:1],target_opset=17,options={'zipmap':False}),'string-tensors')
truth('string-tensors',F[:6],[c.predict_proba(F[:6])])
r=LinearRegression().fit(F,F@[1,2,-1]); save(to_onnx(r,F[:1],target_opset=17),'regression'); truth('regression',F[:6],[r.predict(F[:6])])
# several named inputs, one of them text
df=pd.DataFrame({'fixed acidity':F[:,0],'alcohol':F[:,1],'colour':np.where(F[:,2]>0,'red','white')})
ct=make_pipeline(ColumnTransformer([('c',OneHotEncoder(),['colour'])],remainder='passthrough'),DecisionTreeClassifier(max_depth=3,random_state=0)).fit(df,y)
m=convert_sklearn(ct,initial_types=[('fixed acidity',FloatTensorType([None,1])),('alcohol',FloatTensorType([None,1])),('colour',StringTensorType([None,1]))],target_opset=17)
save(m,'named-inputs'); df.head(6).assign(label=ct.predict(df.head(6))).to_csv(f'{out}/named-inputs.csv',header=False,index=False)
def linear(n,batch,shape=None,dtype=T.FLOAT,extra=(),name='x'):
    w=nh.from_array(np.array([[1],[2],[-1]],np.float32),'w')
    nodes=[]
    i='x'
    if dtype!=T.FLOAT: nodes.append(h.make_node('Cast',['x'],['f'],to=T.FLOAT)); i='f'
    if shape and len(shape)>2: nodes.append(h.make_node('Flatten',[i],['g'])); i='g'
    nodes.append(h.make_node('MatMul',[i,'w'],['y']))
    g=h.make_graph(nodes,'g',[h.make_tensor_value_info('x',dtype,shape or [batch,3])],[h.make_tensor_value_info('y',T.FLOAT,None)],[w])
    save(h.make_model(g,opset_imports=[h.make_opsetid('',17)]),n)
linear('one-row-at-a-time',1)
linear('four-rows-at-a-time',4)
linear('whole-numbers','n',dtype=T.INT64)
linear('images','n',shape=['n',1,3,1])
linear('a-vector',None,shape=[3])
# an endless loop
body=h.make_graph([h.make_node('Identity',['c'],['co']),h.make_node('Identity',['v'],['vo'])],'b',
 [h.make_tensor_value_info('i',T.INT64,[]),h.make_tensor_value_info('c',T.BOOL,[]),h.make_tensor_value_info('v',T.FLOAT,None)],
 [h.make_tensor_value_info('co',T.BOOL,[]),h.make_tensor_value_info('vo',T.FLOAT,None)])
g=h.make_graph([h.make_node('Loop',['t','k','x'],['y'],body=body)],'g',[h.make_tensor_value_info('x',T.FLOAT,['n',3])],[h.make_tensor_value_info('y',T.FLOAT,None)],
 [nh.from_array(np.array(2**62,np.int64),'t'),nh.from_array(np.array(True),'k')])
save(h.make_model(g,opset_imports=[h.make_opsetid('',17)]),'endless')
# takes all memory
g=h.make_graph([h.make_node('ConstantOfShape',['s'],['big'],value=nh.from_array(np.array([1],np.float32))),h.make_node('ReduceSum',['big'],['sum'],keepdims=0),h.make_node('Add',['x','sum'],['y'])],'g',[h.make_tensor_value_info('x',T.FLOAT,['n',3])],[h.make_tensor_value_info('y',T.FLOAT,None)],[nh.from_array(np.array([3_000_000_000],np.int64),'s')])
save(h.make_model(g,opset_imports=[h.make_opsetid('',17)]),'greedy')
# weights elsewhere
def external(n,loc):
    w=onnx.TensorProto(); w.name='w'; w.data_type=T.FLOAT; w.dims.extend([3,1]); w.data_location=onnx.TensorProto.EXTERNAL
    for k,v in (('location',loc),('offset','0'),('length','12')):
        e=w.external_data.add(); e.key=k; e.value=v
    g=h.make_graph([h.make_node('MatMul',['x','w'],['y'])],'g',[h.make_tensor_value_info('x',T.FLOAT,['n',3])],[h.make_tensor_value_info('y',T.FLOAT,None)],[w])
    save(h.make_model(g,opset_imports=[h.make_opsetid('',17)]),n)
external('weights-outside','../../etc/passwd'); external('weights-absolute','/etc/passwd'); external('weights-beside','weights.bin')
open(f'{out}/weights.bin','wb').write(np.array([1,2,-1],'<f4').tobytes())
# within a branch of an If
inner=h.make_graph([h.make_node('Identity',['w2'],['z'])],'i',[],[h.make_tensor_value_info('z',T.FLOAT,None)])
w=inner.initializer.add(); w.name='w2'; w.data_type=T.FLOAT; w.dims.extend([3,1]); w.data_location=onnx.TensorProto.EXTERNAL
e=w.external_data.add(); e.key='location'; e.value='/features'
g=h.make_graph([h.make_node('If',['k'],['w'],then_branch=inner,else_branch=inner),h.make_node('MatMul',['x','w'],['y'])],'g',[h.make_tensor_value_info('x',T.FLOAT,['n',3])],[h.make_tensor_value_info('y',T.FLOAT,None)],[nh.from_array(np.array(True),'k')])
save(h.make_model(g,opset_imports=[h.make_opsetid('',17)]),'weights-outside-in-a-branch')
