"""Makes the XGBoost models of EvaluatorIT; needs scikit-learn and xgboost 3.0, and with the argument `newer` a newer one."""
import sys
import numpy as np, pandas as pd, xgboost as xgb
out=sys.argv[1]
F=np.random.default_rng(5).normal(size=(300,3)).round(3).astype(np.float32)
two=(F[:,0]>0).astype(int)
if sys.argv[2:]==['newer']:
    xgb.XGBClassifier(n_estimators=4,max_depth=2).fit(F,two).get_booster().save_model(f'{out}/newer.ubj')
    xgb.XGBClassifier(n_estimators=4,max_depth=2).fit(F,two).get_booster().save_model(f'{out}/newer.json')
    sys.exit()
def truth(n,cols):
    pd.DataFrame(np.column_stack([F[:6]]+cols)).to_csv(f'{out}/{n}.csv',header=False,index=False)
m=xgb.XGBClassifier(n_estimators=4,max_depth=2).fit(F,two); m.get_booster().save_model(f'{out}/trees.ubj'); m.get_booster().save_model(f'{out}/trees.json'); truth('trees',[m.predict_proba(F[:6])[:,1]])
m=xgb.XGBClassifier(n_estimators=4,max_depth=2).fit(F,np.select([F[:,0]>0.5,F[:,0]>-0.5],[2,1],0)); m.get_booster().save_model(f'{out}/three.ubj'); truth('three',[m.predict_proba(F[:6])])
